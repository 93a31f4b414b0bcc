"""One date in all orders that it may be meant in."""

from __future__ import annotations

import datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_engine.prices.reading.calendar.calendar_date import NO_DATE, NONE, calendar_date


def meant(text: str) -> list[str | None]:
    return [None if second == NO_DATE else str(np.datetime64(second, "s")) for second in calendar_date(text)]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-01-05", "2024-01-05T00:00:00"),
        ("2024/1/5", "2024-01-05T00:00:00"),
        ("2024.01.05", "2024-01-05T00:00:00"),
        ("20240105", "2024-01-05T00:00:00"),
        ("20240105 16:00", "2024-01-05T16:00:00"),
        ("20240105 160001", "2024-01-05T16:00:01"),
        ("Q3 2024", "2024-07-01T00:00:00"),
        ("2024年1月5日", "2024-01-05T00:00:00"),
        ("2024年01月", "2024-01-01T00:00:00"),
        ("1999-01", "1999-01-01T00:00:00"),
        ("1700", "1700-01-01T00:00:00"),
        ("1700.0", "1700-01-01T00:00:00"),
        ("2024-Q3", "2024-07-01T00:00:00"),
        ("2024Q1", "2024-01-01T00:00:00"),
        ("Jan 1 2000", "2000-01-01T00:00:00"),
        ("January 1, 2000", "2000-01-01T00:00:00"),
        ("Sept. 9, 2000", "2000-09-09T00:00:00"),
        ("Fri, Jan 5, 2024", "2024-01-05T00:00:00"),
        ("5-Jan-24", "2024-01-05T00:00:00"),
        ("5 JAN 1969", "1969-01-05T00:00:00"),
        ("Jan-2024", "2024-01-01T00:00:00"),
        ("2024-01-05T16:00:01Z", "2024-01-05T16:00:01"),
        ("2024-01-05 00:00:00-05:00", "2024-01-05T00:00:00"),
        ("2024-01-05 16:00:00.000 +0000", "2024-01-05T16:00:00"),
        ("2024-01-05 4:30 PM", "2024-01-05T16:30:00"),
        ("2024-01-05 12:00:00 am", "2024-01-05T00:00:00"),
    ],
)
def test_dates_of_one_meaning(text: str, moment: str) -> None:
    assert meant(text) == [moment] * 3


@pytest.mark.parametrize(
    ("text", "dmy", "mdy", "ymd"),
    [
        ("01/04/1999", "1999-04-01", "1999-01-04", None),
        ("4/1/2015 16:00:00", "2015-01-04", "2015-04-01", None),
        ("13.1.2024", "2024-01-13", None, None),
        ("1-13-2024", None, "2024-01-13", None),
        ("01/02/03", "2003-02-01", "2003-01-02", "2001-02-03"),
        ("99-12-31", None, None, "1999-12-31"),
        ("31/12/68", "2068-12-31", None, None),
        ("31/12/69", "1969-12-31", None, None),
    ],
)
def test_dates_of_several(text: str, dmy: str | None, mdy: str | None, ymd: str | None) -> None:
    assert [moment and moment[:10] for moment in meant(text)] == [dmy, mdy, ymd]


@pytest.mark.parametrize(
    "text",
    [
        *("", "1", "12.5", "soon", "2024-02-30", "2024-13-01", "13/13/2024", "1/2-2024", "2024-01-05 25:00"),
        *("2024-01-05 13:00 pm", "1325317920", "45296", "0999", "9999-01-01", "２０２４-01-05", "2024-01-05\n"),
        *("Foo 5 2024", "2024-01-05 noon"),
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert calendar_date(text) == NONE


@given(st.datetimes(datetime.datetime(1000, 1, 1), datetime.datetime(2999, 12, 31)))
def test_python_s_own_dates_come_back(moment: datetime.datetime) -> None:
    seconds = (moment.replace(microsecond=0) - datetime.datetime(1970, 1, 1)).total_seconds()
    assert set(calendar_date(moment.isoformat())) == {seconds}
    assert calendar_date(moment.strftime("%d/%m/") + f"{moment.year:04} " + moment.strftime("%H:%M:%S")).dmy == seconds
    assert calendar_date(moment.strftime("%m/%d/") + f"{moment.year:04} " + moment.strftime("%H:%M:%S")).mdy == seconds
