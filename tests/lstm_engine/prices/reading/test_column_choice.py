"""Which column the prices are taken from."""

from __future__ import annotations

import pytest

from lstm_engine.errors import UserError
from lstm_engine.prices.reading.column_choice import Choice, column_choice


@pytest.mark.parametrize(
    ("headings", "wanted", "heading"),
    [
        (["Open", "Close"], None, "Close"),
        (["Open", "Adj Close"], None, "Adj Close"),
        (["Open", "Price"], None, "Price"),
        (["Figure"], None, "Figure"),
        (["Open", "Close"], "open", "Open"),
        (["Adj Close", "Close"], "adjclose", "Adj Close"),
        (["CLOSE", "Close"], "Close", "Close"),
    ],
)
def test_the_column_asked_for_or_the_likeliest(headings: list[str], wanted: str | None, heading: str) -> None:
    assert column_choice(headings, wanted, "p") == Choice(heading, "")


def test_it_says_what_else_there_is() -> None:
    note = "the prices are column Close; --column 'Adj Close' takes what else there is"
    assert column_choice(["Adj Close", "Open", "Close"], None, "p") == Choice("Close", note)


@pytest.mark.parametrize(
    ("headings", "wanted", "sentence"),
    [
        (
            ["Open", "High"],
            None,
            "p does not tell which column holds the prices: expected --column with one of Open, High",
        ),
        (["Open", "High"], "Close", "p has no column 'Close': expected --column with one of Open, High"),
        (["Open", "High"], "", "p has no column '': expected --column"),
        (["CLOSE", "Close"], "close", "p has 2 columns 'close': expected --column with one of CLOSE, Close"),
        ([], None, "p heads no column of numbers: expected one of prices, such as Close"),
    ],
)
def test_what_is_not_clear_is_asked_for(headings: list[str], wanted: str | None, sentence: str) -> None:
    with pytest.raises(UserError) as caught:
        column_choice(headings, wanted, "p")
    assert str(caught.value).startswith(sentence)
