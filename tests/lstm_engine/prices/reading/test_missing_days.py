"""Missing days: refused, dropped or filled."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_engine.errors import UserError
from lstm_engine.prices.reading.grid import Grid
from lstm_engine.prices.reading.missing_days import without_missing
from lstm_engine.prices.reading.reading_options import MissingDays

NAN = float("nan")


def grid(*rows: list[float]) -> Grid:
    dates = np.datetime64("2024-01-01") + np.arange(len(rows))
    return Grid(dates, tuple("ABC"[: len(rows[0])]), np.array(rows))


GAPS = grid([1, 2], [NAN, 3], [NAN, NAN], [4, 5])


def test_they_are_refused_with_the_first_three_places() -> None:
    with pytest.raises(UserError) as caught:
        without_missing(GAPS, "refuse", "p")
    assert str(caught.value) == (
        "p has no price of A on 2024-01-02, A on 2024-01-03, B on 2024-01-03: expected one of every ticker on every "
        "date, or --missing drop, which leaves such dates out, or --missing fill, which takes the price before"
    )
    with pytest.raises(UserError, match="B on 2024-01-03 and in 2 more places: expected"):
        without_missing(grid(*GAPS.prices, [NAN, NAN]), "refuse", "p")


def test_they_are_dropped() -> None:
    whole = without_missing(GAPS, "drop", "p")
    assert whole.grid.prices.tolist() == [[1, 2], [4, 5]]
    assert [str(date) for date in whole.grid.dates] == ["2024-01-01", "2024-01-04"]
    assert whole.note == "2 of 4 dates are left out, as prices are missing"


def test_they_are_filled() -> None:
    whole = without_missing(GAPS, "fill", "p")
    assert whole.grid.prices.tolist() == [[1, 2], [1, 3], [1, 3], [4, 5]]
    assert whole.note == "3 missing prices are the price before"


@pytest.mark.parametrize("what", ["refuse", "drop", "fill"])
def test_where_none_is_missing_nothing_happens(what: MissingDays) -> None:
    whole = grid([1, 2], [3, 4])
    assert without_missing(whole, what, "p") == (whole, "")
    with pytest.raises(UserError, match="p holds no price at all"):
        without_missing(grid([NAN]), what, "p")


def test_what_cannot_be_helped_is_told() -> None:
    with pytest.raises(UserError, match="p has no price of B on 2024-01-01, nor one before to take for it: expected"):
        without_missing(grid([1, NAN], [1, 2]), "fill", "p")
    with pytest.raises(
        UserError, match="no date with a price of every ticker; most are missing of B, 2 of 3: expected"
    ):
        without_missing(grid([1, NAN], [1, NAN], [NAN, 2]), "drop", "p")


@given(st.lists(st.lists(st.just(NAN) | st.floats(1, 2), min_size=2, max_size=2), min_size=1))
def test_filling_looks_back_alone(rows: list[list[float]]) -> None:
    table = grid([1.0, 1.0], *rows)
    filled = without_missing(table, "fill", "p").grid.prices
    for day in range(1, len(filled)):
        known = ~np.isnan(table.prices[day])
        assert (filled[day] == np.where(known, table.prices[day], filled[day - 1])).all()
