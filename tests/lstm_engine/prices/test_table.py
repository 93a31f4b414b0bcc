"""The table of prices: what it says of itself, and that it is whole."""

from __future__ import annotations

import numpy as np
import pytest

from lstm_engine.prices.table import PriceTable, Step, date_words


def table(dates: np.ndarray, tickers: int = 1, column: str = "Close") -> PriceTable:
    names = tuple(f"T{number}" for number in range(tickers))
    return PriceTable("prices.csv", names, dates, np.ones((len(dates), tickers)), column, "wide")


def test_it_says_what_was_understood_in_one_line() -> None:
    days = np.arange("2025-11-03", "2026-07-11", dtype="datetime64[D]")
    assert str(table(days, 30)) == "prices.csv: wide, 30 tickers, 250 days from 2025-11-03 to 2026-07-10, column Close"
    assert str(table(days[:1], column="")) == "prices.csv: wide, 1 ticker, 1 date from 2025-11-03 to 2025-11-03"


@pytest.mark.parametrize(
    ("first", "every", "step"),
    [
        ("1949-01", "M", "months"),
        ("1700", "Y", "years"),
        ("2024-01-05", "W", "weeks"),
        ("2024-01-05", "D", "days"),
        ("2024-01-05T16:00", "h", "hours"),
        ("2024-01-05T16:00", "m", "minutes"),
        ("2024-01-05T16:00", "s", "times"),
    ],
)
def test_steps_are_called_what_they_are(first: str, every: str, step: Step) -> None:
    moments = np.datetime64(first) + np.arange(20).astype(f"timedelta64[{every}]")
    unit = "s" if step in ("hours", "minutes", "times") else "D"
    assert table(moments.astype(f"datetime64[{unit}]")).step == step


def test_steps_of_no_name_are_dates() -> None:
    days = np.datetime64("2024-01-05") + 5 * np.arange(20)
    assert table(days).step == "dates"


def test_days_without_weekends_are_days() -> None:
    assert table(np.array(["2024-01-05", "2024-01-08", "2024-01-09", "2024-01-12"], "datetime64[D]")).step == "days"


def test_a_date_is_shown_with_its_time_where_there_are_times() -> None:
    assert date_words(np.datetime64("2024-01-05", "D")) == "2024-01-05"
    assert date_words(np.datetime64("2024-01-05T16:00:00", "s")) == "2024-01-05 16:00"


def test_it_cannot_be_changed() -> None:
    one = table(np.array(["2024-01-05"], "datetime64[D]"))
    for array in (one.prices, one.dates):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


def test_what_does_not_fit_together_is_no_table() -> None:
    days = np.array(["2024-01-05", "2024-01-05"], "datetime64[D]")
    with pytest.raises(ValueError, match="do not ascend"):
        table(days)
    with pytest.raises(ValueError, match="shape"):
        PriceTable("prices.csv", ("A",), days[:1], np.ones((1, 2)), "", "wide")
    with pytest.raises(ValueError, match="shape"):
        table(days[:0])
