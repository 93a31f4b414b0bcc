"""From single prices to a grid of dates and tickers."""

from __future__ import annotations

import numpy as np
import pytest

from lstm_engine.errors import UserError
from lstm_engine.prices.reading import grid as module
from lstm_engine.prices.reading.grid import grid
from lstm_engine.prices.reading.observations import Observations

DAY = 86400


def part(seconds: list[int], ticker: list[int], price: list[float], *tickers: str) -> Observations:
    return Observations(
        np.array(seconds), np.array(ticker), np.array(price), tickers, lambda row: f"{tickers[0]}.csv, line {row}"
    )


ONE = part([2 * DAY, 0, 2 * DAY], [0, 0, 1], [3, 1, 4], "A", "B")


def test_dates_ascend_and_what_is_not_there_is_missing() -> None:
    found = grid([ONE, part([DAY], [0], [9], "C")], "p")
    assert found.tickers == ("A", "B", "C")
    assert [str(date) for date in found.dates] == ["1970-01-01", "1970-01-02", "1970-01-03"]
    assert found.prices == pytest.approx(
        np.array([[1, np.nan, np.nan], [np.nan, np.nan, 9], [3, 4, np.nan]]), nan_ok=True
    )


def test_times_are_kept_where_a_day_has_two() -> None:
    assert grid([part([16 * 3600, DAY + 16 * 3600], [0, 0], [1, 2], "A")], "p").dates.dtype == "datetime64[D]"
    assert grid([part([3600, 7200], [0, 0], [1, 2], "A")], "p").dates.dtype == "datetime64[s]"


def test_a_missing_price_is_no_second_one() -> None:
    found = grid([part([0, 0, 0], [0, 0, 0], [np.nan, 1, np.nan], "A")], "p")
    assert found.prices.tolist() == [[1]]


def test_a_second_price_is_told_with_both_places() -> None:
    twice = part([0, DAY, DAY, 0, DAY], [0, 0, 1, 1, 0], [1, 2, 3, 4, 5], "A", "B")
    with pytest.raises(UserError) as caught:
        grid([ONE._replace(tickers=("X", "Y")), twice], "p")
    assert str(caught.value) == "A.csv, line 4: a second price of A on 1970-01-02, after A.csv, line 1: expected one"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "p holds a price without a ticker: expected one beside every price"),
        ("A" * 101, "p holds a ticker of 101 characters: expected at most 100"),
        ("\x1b[2J", r"p: the ticker '\x1b[2J' holds control characters: expected printable text"),
    ],
)
def test_a_ticker_that_cannot_be_shown_is_refused(name: str, sentence: str) -> None:
    with pytest.raises(UserError) as caught:
        grid([part([0], [0], [1], name)], "p")
    assert str(caught.value) == sentence


def test_what_is_hardly_a_table_of_prices_is_refused_before_it_takes_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_CELLS", 3)
    with pytest.raises(UserError, match="p holds 2 tickers and 2 dates: expected at most 0 million prices in all"):
        grid([ONE], "p")
