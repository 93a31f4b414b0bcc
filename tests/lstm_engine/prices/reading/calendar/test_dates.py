"""The dates of a file: read the one way that fits all of them, or asked for."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_engine.errors import UserError
from lstm_engine.prices.reading.calendar.dates import Dates
from lstm_engine.prices.reading.reading_options import DateOrder


def read(texts: list[str], order: DateOrder | None = None, dates: Dates | None = None) -> list[str]:
    dates = dates or Dates()
    seconds = dates.seconds(dates.numbers(texts), order, lambda row: f"line {row}")
    return [str(day) for day in seconds.astype("datetime64[s]").astype("datetime64[D]")]


def refusal(texts: list[str], order: DateOrder | None = None) -> str:
    with pytest.raises(UserError) as caught:
        read(texts, order)
    return str(caught.value)


def test_one_date_tells_the_order_of_all() -> None:
    assert read(["1/4/1999", "1/13/1999", "1/4/1999"]) == ["1999-01-04", "1999-01-13", "1999-01-04"]
    assert read(["1/4/1999", "13/1/1999"]) == ["1999-04-01", "1999-01-13"]
    assert read(["1/1/1999", "2/2/1999"]) == ["1999-01-01", "1999-02-02"]
    assert read(["2024-01-05 ", "5 Jan 2024"]) == ["2024-01-05"] * 2


def test_an_order_that_none_tells_is_asked_for() -> None:
    assert refusal(["1/1/1999", "1/4/1999", "2/4/1999"]) == (
        "line 1: '1/4/1999' may be 1999-04-01 or 1999-01-04, and no date of the file tells: expected --date-format "
        "dmy (1999-04-01) or --date-format mdy (1999-01-04)"
    )
    assert read(["1/4/1999"], "dmy") == ["1999-04-01"]
    assert read(["1/4/1999"], "mdy") == ["1999-01-04"]
    assert read(["2024-01-05"], "mdy") == ["2024-01-05"]


def test_files_of_one_folder_may_differ() -> None:
    dates = Dates()
    assert read(["1/4/1999", "1/13/1999"], dates=dates) == ["1999-01-04", "1999-01-13"]
    assert read(["1/4/1999", "13/1/1999"], dates=dates) == ["1999-04-01", "1999-01-13"]


@pytest.mark.parametrize(
    ("texts", "order", "sentence"),
    [
        (["2024-01-05", "soon"], None, "line 1: 'soon' is not a date: expected one such as 2024-01-05"),
        (["2024-01-05", " "], None, "line 1: the date is missing: expected one such as 2024-01-05"),
        (["1/1/2024", "1/13/2024", "14/1/2024"], None, "line 1: '1/13/2024', and line 2: '14/1/2024' have day, month"),
        (["99-12-31", "1/13/2024"], None, "line 0: '99-12-31', and line 1: '1/13/2024' have day, month and year in"),
        (
            ["1/1/2024", "1/13/2024"],
            "dmy",
            "line 1: '1/13/2024' is no date with the day first: expected another --date",
        ),
    ],
)
def test_what_is_no_date_is_told_with_its_place(texts: list[str], order: DateOrder | None, sentence: str) -> None:
    assert refusal(texts, order).startswith(sentence)


@given(st.lists(st.dates(), min_size=1), st.sampled_from(["dmy", "mdy"]))
def test_an_order_is_never_guessed(days: list, order: DateOrder) -> None:  # type: ignore[type-arg]
    """Whatever is read without an option is what was meant, whichever was."""
    form = "{0.day}/{0.month}/{0.year:04}" if order == "dmy" else "{0.month}/{0.day}/{0.year:04}"
    days = [day for day in days if 1000 <= day.year < 3000] or [np.datetime64("2024-01-05").astype(object)]
    texts = [form.format(day) for day in days]
    assert read(texts, order) == [day.isoformat() for day in days]
    try:
        assert read(texts) == [day.isoformat() for day in days]
    except UserError as error:
        assert "--date-format mdy" in str(error)  # noqa: PT017
