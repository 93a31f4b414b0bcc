"""Whether prices have decimal points or commas."""

from __future__ import annotations

import pytest

from lstm_engine.prices.reading.decimal_mark import decimal_mark
from lstm_engine.prices.reading.sheet import Sheet


@pytest.mark.parametrize(
    ("text", "prices", "mark"),
    [
        ("Date,A\n", ["101", "101,25"], ","),
        ("Date,A\n", ["1.101,25"], ","),
        ("Date,A\n", ["1,101"], "."),
        ("Date,A\n", ["101,25", "101.25"], "."),
        ("Date,A\n", ["1,23,100"], "."),
        ("Date;A\n", ["101", "101,25"], ","),
        ("Date;A\n", ["101", "101.25"], "."),
        ("Date;A\n", ["1.234,567"], ","),
        ("Date;A\n", ["1,234.567"], "."),
        ("Date\tA\tVolume\n2024-01-05\t101.25\t1,000,000\n", ["101.25"], "."),
        ("Date;A\n2024-01-05;1,234\n", ["1,234"], ","),
        ("Date;A\n2024-01-05;1.234\n", ["1.234"], "."),
        ("Date;A\n2024-01-05;1.234\n2024-01-06;1.234,5\n", ["1.234"], ","),
    ],
)
def test_the_prices_tell_and_else_the_file(text: str, prices: list[str], mark: str) -> None:
    assert decimal_mark(Sheet(text.encode(), "p"), prices) == mark
