"""A CSV file as columns, and which line a row is on."""

from __future__ import annotations

import pytest

from lstm_engine.errors import UserError
from lstm_engine.prices.reading import sheet as module
from lstm_engine.prices.reading.sheet import Sheet

TEXT = '# above\n\na,b, c\n1,"2\n2",3\n\n,,\n4,5,6\n'


@pytest.mark.parametrize("size", [1, 6, 100])
def test_columns_come_in_parts_and_rows_have_lines(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PART", size)
    sheet = Sheet(TEXT.encode(), "prices.csv")
    assert sheet.head[0].cells == ["a", "b", "c"]
    parts = list(sheet.columns([2, 0], 1))
    assert [cell for _, (column, _) in parts for cell in column] == ["3", "6"]
    assert [cell for _, (_, column) in parts for cell in column] == ["1", "4"]
    assert [first for first, _ in parts] == ([1] if size == 100 else [1, 2])
    assert [sheet.row_place(number)[-6:] for number in range(3)] == ["line 3", "line 5", "line 8"]


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("a,b\n", ","),
        ("a;b\n", ";"),
        ("a\tb\n", "\t"),
        ("a|b\n", "|"),
        ('"a;x;y",b\n', ","),
        ("sep=;\na,b;c\n", ";"),
        ("SEP=|\r\na,b\n", "|"),
        ("# a;b;c\na,b\n", ","),
        ("a\n", ","),
    ],
)
def test_what_separates_cells(text: str, mark: str) -> None:
    sheet = Sheet(text.encode(), "prices.csv")
    assert sheet.mark == mark
    assert "sep" not in sheet.head[0].text


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_whatever_ends_a_line_lines_are_counted(end: str) -> None:
    sheet = Sheet(end.join(["a,b", "1,2", "3"]).encode(), "prices.csv")
    with pytest.raises(
        UserError, match=r"prices\.csv, line 3 has 1 column: expected 2, as in the header row; it reads '3'"
    ):
        list(sheet.columns([0], 1))


def test_what_is_no_csv_is_told_with_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_HEAD", 1)
    sheet = Sheet(b'a,b\n1,2\n"x"y,2\n', "prices.csv")
    with pytest.raises(UserError, match=r"line 3 is not CSV .*; it reads"):
        list(sheet.columns([0], 1))
    with pytest.raises(UserError, match="is empty"):
        Sheet(b"\n# nothing\n", "prices.csv")


def test_a_comma_between_digits_is_found() -> None:
    assert Sheet(b"a;b\n1,5;2\n", "p").has_comma_between_digits()
    assert not Sheet(b"a;b\nx, 1;2\n", "p").has_comma_between_digits()
