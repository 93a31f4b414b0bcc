"""Whether a file's prices have decimal points or commas."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lstm_engine.prices.reading.price_numbers import DecimalMark
from lstm_engine.prices.reading.sheet import Sheet

# Three digits behind it tell nothing: they may be thousands.
_POINT = re.compile(r"\d,\d{3}\.\d|\d\.(?:\d{1,2}|\d{4,})(?!\d)")
_COMMA = re.compile(r"\d\.\d{3},\d|\d,(?:\d{1,2}|\d{4,})(?!\d)")
#: A whole number with a decimal comma and nothing else.
_WITH_COMMA = re.compile(r"[+-]?(?:\d{1,3}(?:\.\d{3})*|\d+),(?:\d{1,2}|\d{4,})", re.ASCII)


def decimal_mark(sheet: Sheet, prices: Iterable[str]) -> DecimalMark:
    """What the prices of the sheet have. prices: some of them, as text.

    The prices tell. Where they do not, points separate decimals if commas separate cells; else any number of the file
    with a comma in it tells.
    """
    if sheet.mark == ",":
        return _of_quoted(prices)
    for price in prices:
        if _POINT.search(price):
            return "."
        if _COMMA.search(price):
            return ","
    return "," if sheet.has_comma_between_digits() else "."


def _of_quoted(prices: Iterable[str]) -> DecimalMark:
    """Of cells that commas separate: one with a comma in it was quoted, as in files from where commas are decimal."""
    mark: DecimalMark = "."
    for price in prices:
        if _POINT.search(price):
            return "."
        if _WITH_COMMA.fullmatch(price):
            mark = ","
    return mark
