"""What the first rows tell of the columns."""

from __future__ import annotations

import pytest

from lstm_engine.prices.reading.calendar.dates import Dates
from lstm_engine.prices.reading.head import Head, table_head
from lstm_engine.prices.reading.sheet import Sheet


def head(text: str) -> Head:
    return table_head(Sheet(text.encode(), "prices.csv"), Dates())


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Date,A,Name\n2024-01-05,1,x\n", "date number text"),
        (",Date,A,B\n0,2024-01-05,1,\n1,2024-01-06,1,null\n", "index date number empty"),
        ("A,B,Date\n5,1,20240105\n", "number number date"),
        ("Date,Price\n1997.05,1997.05\n", "date number"),
        ("when,Price\n1997.05,1997.05\n", "number number"),
        ("Year,A\n1700,1\n", "date number"),
        ("Name,A\n1700,1\n", "number number"),
        ("Date;A\n05.01.2024;101,25\n", "date number"),
        ("Date,A\n2024-01-05,1\nsoon,1\n2024-01-07,x\n", "date number"),
    ],
)
def test_kinds_of_columns(text: str, kinds: str) -> None:
    assert " ".join(head(text).kinds) == kinds


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Price,Open,Close\nTicker,A,A\nDate,,\n2024-01-05,1,2\n", 3),
        (",Open,Close\n,A,A\n2024-01-05,1,2\n", 2),
        ("Ticker,A,A\nPrice,Open,Close\nDate,,\n2024-01-05,1,2\n", 3),
        ("Attributes,Open,Close\nSymbols,A,A\nDate,,\n2024-01-05,1,2\n", 3),
    ],
)
def test_a_header_of_two_levels(text: str, rows: int) -> None:
    found = head(text)
    assert (found.rows, found.line) == (rows, rows)
    assert found.headings == ("Date", "Open", "Close")
    assert found.tickers[1:] == ("A", "A")
    assert found.kinds == ("date", "number", "number")


@pytest.mark.parametrize(
    "text", ["Date,Open,Close\nsoon,A,B\n", ",Open,Close\n,1,2\n", ",Open,Close\n", ",A,B\n,C,D\n"]
)
def test_a_header_of_one_level(text: str) -> None:
    assert head(text).rows == 1


def test_a_table_turned_round() -> None:
    assert head("ticker,2024-01-05,2024-01-08\nA,1,2\n").is_turned_round()
    assert head("ticker,2019,2020\nA,1,2\n").is_turned_round()
    assert not head("ticker,2024-01-05,next\nA,1,2\n").is_turned_round()
    assert not head("Date,2024-01-05,2024-01-08\n2024-01-05,1,2\n").is_turned_round()
