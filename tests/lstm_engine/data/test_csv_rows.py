"""The rows of a text: what is above the header is left out, and each knows its line."""

from __future__ import annotations

import csv

import pytest

from lstm_engine.data.csv_rows import Row, csv_rows, is_above_header, not_csv
from lstm_engine.errors import UserError


def test_every_row_has_its_line_and_its_text() -> None:
    rows = csv_rows('# above\n\na, b\n"1\n2",3\n,,\n', "prices.csv", "expected two columns")
    assert rows == [Row(3, "a, b", ["a", "b"]), Row(5, '2",3', ["1\n2", "3"])]


@pytest.mark.parametrize("text", ["# a comment", "#", "sep=,", "SEP=,"])
def test_what_is_above_a_header(text: str) -> None:
    assert is_above_header(text.split(","))
    assert csv_rows(f"{text}\na,b\n{text}\n", "prices.csv", "expected")[0].text == "a,b"


@pytest.mark.parametrize("text", ["sep=", "sep=,a", "a,#", "separator,"])
def test_what_is_a_header(text: str) -> None:
    assert not is_above_header(text.split(","))


def test_what_is_no_csv_is_told_with_its_line() -> None:
    with pytest.raises(UserError, match=r"prices\.csv, line 2 is not CSV .*: expected two; it reads '\"x\"y'"):
        csv_rows('a,b\n"x"y\n', "prices.csv", "expected two")
    assert str(not_csv(csv.Error("odd"), "p", 3, "", "expected")) == "p, line 3 is not CSV (odd): expected"
