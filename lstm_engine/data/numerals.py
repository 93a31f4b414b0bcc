"""Numbers and dates as people write them into the cells of a table."""

from __future__ import annotations

import math
import re

from lstm_engine.data.companies import TOO_LARGE, misfit
from lstm_engine.text import quoted

_MINUS = "\u2212"
#: Blank, no-break space, narrow no-break, thin and figure space, apostrophes: all of them set thousands apart.
_APART = "[ \u00a0\u202f\u2009\u2007'’]"
_THOUSANDS = re.compile(rf"[+-]?\d{{1,3}}(?:{_APART}\d{{3}})+(?:\.\d*)?")
_BETWEEN_THOUSANDS = re.compile(_APART)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DATE = re.compile(
    r"\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?(?:[ T]\d.*)?"  # 2024-01-05, 2024-01, 2024-01-05 00:00:00
    r"|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})(?: \d.*)?"  # 5.1.2024, 01/05/24
    r"|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?: \d.*)?"  # 20240105, 20240105 170000
    rf"|{_MONTH} \d{{1,2}},? \d{{4}}|\d{{1,2}}[- ]{_MONTH}[- ]\d{{2,4}}|{_MONTH}[- ]\d{{4}}",  # Jan 5, 2024; 5-Jan-24
    re.IGNORECASE,
)


def is_date(cell: str) -> bool:
    """Whether it reads like a day or a month of the calendar, in whatever order."""
    return _DATE.fullmatch(cell) is not None


def is_number(cell: str) -> bool:
    """Whether it is a number as people write them; Python alone also takes 1_000 and other scripts' digits."""
    plain = _plain(cell)
    try:
        float(plain)
    except ValueError:
        return False
    return plain.isascii() and "_" not in plain


def numeral(cell: str) -> float:
    """The number in a cell.

    Raises:
        ValueError: what keeps it from being a number that the model can hold, and what was expected; the cell quoted.
    """
    if problem := _problem(cell):
        raise ValueError(f"{quoted(cell, 40)} {problem}")
    return float(_plain(cell))


def _problem(cell: str) -> str | None:
    if not cell:
        return "is empty: expected a number"
    if not is_number(cell):
        if is_date(cell):
            return "is a date: expected a number such as 0.25"
        return "is not a number: expected one such as 0.25"
    value = float(_plain(cell))
    if math.isinf(value) and "inf" not in cell.lower():  # such as 1e999
        return TOO_LARGE
    return misfit(value)


def _plain(cell: str) -> str:
    """With a plain minus, and without what sets thousands apart."""
    cell = cell.replace(_MINUS, "-")
    return _BETWEEN_THOUSANDS.sub("", cell) if _THOUSANDS.fullmatch(cell) else cell
