"""Where dates stand on an axis."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.board.drawing.date_ticks import Dates, date_ticks


def days(count: int, first: str = "2024-01-01", step: int = 1) -> Dates:
    return np.datetime64(first, "D") + step * np.arange(count)


def ticks(dates: Dates, columns: int, first: int = 0) -> tuple[tuple[int, str], ...]:
    rows = np.arange(len(dates) - first)
    return date_ticks(dates, first, rows * (columns - 1) // max(len(rows) - 1, 1))


@pytest.mark.parametrize(
    ("dates", "columns", "labels"),
    [
        (days(10), 140, [f"2024-01-{day:02}" for day in range(1, 11)]),
        (days(28), 60, ["2024-01-08", "2024-01-15", "2024-01-22"]),
        (days(100), 60, ["2024-02", "2024-03", "2024-04"]),
        (days(400), 60, ["2024-04", "2024-07", "2024-10", "2025-01"]),
        (days(4000), 60, ["2026", "2028", "2030", "2032", "2034"]),
        (days(60, "1990-01-15", 31), 40, ["1991", "1992", "1993", "1994", "1995"]),
    ],
)
def test_a_label_says_what_begins_there(dates: Dates, columns: int, labels: list[str]) -> None:
    assert [label for _, label in ticks(dates, columns)] == labels


def test_a_tick_stands_on_the_first_day_that_there_is_of_what_begins() -> None:
    dates = np.concatenate((days(12, "2024-01-20"), days(40, "2024-02-05")))
    assert date_ticks(dates, 0, np.arange(52)) == ((12, "2024-02"), (37, "2024-03"))


def test_within_a_day_there_are_hours() -> None:
    dates = np.datetime64("2024-01-05T09:30", "s") + np.arange(0, 6 * 3600, 60)
    assert [label for _, label in ticks(dates, 80)] == ["2024-01-05 12:00", "2024-01-05 15:00"]


def test_where_nothing_begins_the_first_one_is_named() -> None:
    assert ticks(days(20), 12, first=15) == ((0, "2024-01-16"),)


@given(st.integers(1, 3000), st.integers(1, 40), st.integers(1, 150))
def test_no_label_runs_into_another(count: int, step: int, columns: int) -> None:
    found = ticks(days(count, step=step), columns)
    assert found
    for (one, label), (other, _) in itertools.pairwise(found):
        assert other - one > len(label)
