"""Tables of prices for tests."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st
from numpy.typing import ArrayLike

from lstm_engine.prices.table import PriceTable


def table_of_prices(prices: ArrayLike) -> PriceTable:
    """Daily prices from 2024-01-01 on. prices: shape (days, tickers)."""
    values = np.array(prices, np.float64)
    dates = np.datetime64("2024-01-01", "D") + np.arange(len(values))
    return PriceTable(
        "prices.csv", tuple(f"T{number}" for number in range(values.shape[1])), dates, values, "", "wide"
    )


def price_tables() -> st.SearchStrategy[PriceTable]:
    """Tables of 10 to 30 days and 1 to 3 tickers, of prices in cents from 0.50 to 2000, some of them all the same."""

    def of(count: int) -> st.SearchStrategy[PriceTable]:
        cents = st.integers(50, 200_000) | st.just(10_000)
        day = st.lists(cents.map(lambda number: number / 100), min_size=count, max_size=count)
        return st.lists(day, min_size=10, max_size=30).map(table_of_prices)

    return st.integers(1, 3).flatmap(of)
