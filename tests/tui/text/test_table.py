"""Tables as plain text."""

from __future__ import annotations

from tui.text.table import table


def test_tables() -> None:
    assert table([("name", "x"), ("A", "-1.0")]) == ["name     x", "A     -1.0"]


def test_columns_of_wide_characters_are_in_line() -> None:
    assert table([("company", "x"), ("東京電力", "-1.0"), ("B", "1.0")]) == [
        "company      x",
        "東京電力  -1.0",
        "B          1.0",
    ]
