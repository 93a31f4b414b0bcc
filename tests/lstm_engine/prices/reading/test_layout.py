"""What every column is for; whole files: test_price_reader.py."""

from __future__ import annotations

import pytest

from lstm_engine.errors import UserError
from lstm_engine.prices.reading.calendar.dates import Dates
from lstm_engine.prices.reading.head import table_head
from lstm_engine.prices.reading.layout import Layout, layout
from lstm_engine.prices.reading.reading_options import ReadingOptions
from lstm_engine.prices.reading.sheet import Sheet


def found(text: str, **options: str) -> Layout | None:
    sheet = Sheet(text.encode(), "prices.csv")
    return layout(table_head(sheet, Dates()), ReadingOptions(**options), "prices.csv")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Date,AAPL,LOW,OPEN,COIN\n2024-01-05,1,2,3,4\n", ("wide", 0, None, (1, 2, 3, 4))),
        ("Date,Open,Close\n2024-01-05,1,2\n", ("ohlcv", 0, None, (2,))),
        ("Date,COIN,Close\n2024-01-05,BTC,2\n", ("long", 0, 1, (2,))),
        ("Date,Code,Close\n2024-01-05,005930,2\n", ("long", 0, 1, (2,))),
        ("Date,Sector,Ticker,Close\n2024-01-05,x,A,2\n", ("long", 0, 2, (3,))),
        ("Date,what,figure\n2024-01-05,A,2\n", ("long", 0, 1, (2,))),
        ("Date,what,figure\n2024-01-05,A,2\n2024-01-05,B,2\n", ("long", 0, 1, (2,))),
        ("Date,what,figure\n2024-01-05,A,2\n2024-01-06,B,2\n", ("wide", 0, None, (1, 2))),
        (",Date,A,B,\n0,2024-01-05,1,2,\n1,2024-01-06,1,2,\n", ("wide", 1, None, (2, 3))),
        ("Date,Time,Close\n2024-01-05,09:30,2\n2024-01-05,16:00,2\n", ("ohlcv", 0, None, (2,))),
        ("Year,Month,Date,A,B\n2024,1,2024-01-05,1,2\n", ("wide", 2, None, (3, 4))),
        ("when,price,market_cap,total_volume\n2024-01-05,1,2,3\n", ("ohlcv", 0, None, (1,))),
        ("Date,Price\n2024-01-05,1\n", ("wide", 0, None, (1,))),
        ("Date,Time,A,B\n2024-01-05,093000,1,2\n", ("wide", 0, None, (2, 3))),
        ("figure\n1\n", None),
        ("company,d1,next\nA,0,1\n", None),
    ],
)
def test_the_shape_is_told_by_the_columns(text: str, expected: tuple[object, ...] | None) -> None:
    layout = found(text)
    assert (layout and (layout.shape, layout.date, layout.ticker, layout.prices)) == expected


def test_a_shape_that_is_said_is_that() -> None:
    one = found("Date,Open,Close\n2024-01-05,1,2\n", shape="wide")
    assert one is not None
    assert one.tickers == ("Open", "Close")
    other = found("Date,COIN,Close\n2024-01-05,1,2\n", shape="ohlcv")
    assert other is not None
    assert (other.shape, other.column) == ("ohlcv", "Close")


@pytest.mark.parametrize(
    ("text", "options", "sentence"),
    [
        (
            "Date,A,B\n2024-01-05,1,2\n",
            {"shape": "long"},
            "heads no column of tickers (Date, A, B): expected one, such",
        ),
        ("A,B\n1,2\n", {"shape": "wide"}, "heads no column of dates (A, B): expected one, such as Date"),
        (
            "Date,A\n2024-01-05,1\n",
            {"column": "Close"},
            "heads a column a ticker: expected no --column, or --shape oh",
        ),
        ("Date\n2024-01-05\n", {}, "heads no column but that of dates: expected prices, a column a ticker"),
        (
            ",Open\n,A\n2024-01-05,1\n",
            {"shape": "long"},
            "heads no column of tickers, but a column each: expected --sha",
        ),
    ],
)
def test_a_column_that_has_to_be_there_is_asked_for(text: str, options: dict[str, str], sentence: str) -> None:
    with pytest.raises(UserError) as caught:
        found(text, **options)
    assert sentence in str(caught.value)
