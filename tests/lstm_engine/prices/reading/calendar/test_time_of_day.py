"""Times of the day in a column of their own."""

from __future__ import annotations

import pytest

from lstm_engine.prices.reading.calendar.time_of_day import is_time, moments


@pytest.mark.parametrize("cell", ["09:30", "9:30", "23:59:59", "16:00:00.000", "4:00 PM", "093000", "000000"])
def test_a_time(cell: str) -> None:
    assert is_time(cell)


@pytest.mark.parametrize("cell", ["", "24:00", "09:60", "0930", "240000", "2024-01-05", "noon", "٠٩:٣٠"])
def test_what_is_none(cell: str) -> None:
    assert not is_time(cell)


def test_dates_and_times_are_one_text() -> None:
    texts = moments([" 2024-01-05", "20240105", "2024-01-05", "2024-01-05"], ["09:30 ", "093000", "", "noon"])
    assert texts == ["2024-01-05 09:30", "20240105 09:30:00", "2024-01-05", "2024-01-05 noon"]


def test_a_date_with_a_time_keeps_it_but_for_midnight() -> None:
    texts = moments(["1/5/2024 0:00", "2024-01-05T00:00:00.000", "2024-01-05 16:00"], ["09:30"] * 3)
    assert texts == ["1/5/2024 09:30", "2024-01-05 09:30", "2024-01-05 16:00"]
