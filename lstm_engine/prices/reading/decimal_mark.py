"""Whether a file's prices have decimal points or commas."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lstm_engine.prices.reading.price_numbers import DecimalMark
from lstm_engine.prices.reading.sheet import Sheet

# Three digits behind it tell nothing: they may be thousands.
_POINT = re.compile(r"\d,\d{3}\.\d|\d\.(?:\d{1,2}|\d{4,})(?!\d)")
_COMMA = re.compile(r"\d\.\d{3},\d|\d,(?:\d{1,2}|\d{4,})(?!\d)")


def decimal_mark(sheet: Sheet, prices: Iterable[str]) -> DecimalMark:
    """What the prices of the sheet have. prices: some of them, as text.

    Where commas separate cells, points separate decimals. Else the prices tell; where they do not, any number of the
    file with a comma in it does.
    """
    if sheet.mark == ",":
        return "."
    for price in prices:
        if _POINT.search(price):
            return "."
        if _COMMA.search(price):
            return ","
    return "," if sheet.has_comma_between_digits() else "."
