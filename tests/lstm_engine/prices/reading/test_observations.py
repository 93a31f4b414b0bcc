"""Single prices with their dates and tickers; whole files: test_price_reader.py."""

from __future__ import annotations

import pytest

from lstm_engine.errors import UserError
from lstm_engine.prices.reading import sheet as sheet_module
from lstm_engine.prices.reading.calendar.dates import Dates
from lstm_engine.prices.reading.layout import Layout
from lstm_engine.prices.reading.observations import Observations, observations
from lstm_engine.prices.reading.sheet import Sheet

WIDE = Layout("wide", 1, 0, None, (1, 3), ("A", "B"))
LONG = Layout("long", 1, 0, 1, (2,), ())


def observed(text: str, layout: Layout) -> Observations:
    return observations(Sheet(text.encode(), "p"), layout, Dates(), None)


@pytest.mark.parametrize("size", [1, 200_000])
def test_each_price_has_its_date_its_ticker_and_its_line(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_module, "_PART", size)
    wide = observed("Date,A,x,B\n1970-01-02,1,x,2\n\n1970-01-03,3,x,4\n", WIDE)
    assert wide.seconds.tolist() == [86400, 86400, 172800, 172800]
    assert wide.ticker.tolist() == [0, 1, 0, 1]
    assert wide.price.tolist() == [1, 2, 3, 4]
    assert [wide.row_place(number) for number in (0, 1, 3)] == ["p, line 2", "p, line 2", "p, line 4"]
    long = observed("Date,T,P\n1970-01-02,B ,1\n1970-01-02,A,2\n1970-01-03,B,3\n", LONG)
    assert long.tickers == ("B", "A")
    assert long.ticker.tolist() == [0, 1, 0]
    assert long.row_place(2) == "p, line 4"


def test_what_is_no_price_is_told_with_line_and_column() -> None:
    with pytest.raises(UserError, match="p, line 3, column 4: 'x' is not a number"):
        observed("Date,A,x,B\n1970-01-02,1,x,2\n1970-01-03,1,x,x\n", WIDE)
