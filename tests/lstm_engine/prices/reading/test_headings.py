"""What columns are called."""

from __future__ import annotations

import pytest

from lstm_engine.prices.reading.headings import (
    closes,
    is_date_heading,
    is_field,
    is_name_heading,
    is_ticker_heading,
    is_year_heading,
    key,
)


@pytest.mark.parametrize("heading", ["Adj Close", "adj_close", "AdjClose", "Adj Close**", "5. adj close"])
def test_what_differs_between_programs_is_left_out(heading: str) -> None:
    assert key(heading) == "adjclose"
    assert is_field(heading)


def test_the_best_price_comes_first() -> None:
    assert closes(["Open", "Adj Close", "Volume", "Close"]) == [3, 1]
    assert closes(["Open", "Price"]) == [1]
    assert closes(["AAPL", "MSFT"]) == []


def test_headings_of_dates_names_and_years() -> None:
    assert is_date_heading("Trade Date")
    assert not is_date_heading("Close")
    assert is_year_heading("YEAR")
    assert not is_year_heading("Day")
    assert is_ticker_heading("Symbol")
    assert not is_ticker_heading("COIN")
    assert is_name_heading("COIN")
    assert is_name_heading("société")
