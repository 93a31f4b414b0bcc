"""Prices as people write them into the cells of a table, many at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from lstm_engine.data.companies import LARGEST_NUMBER
from lstm_engine.data.numerals import numeral
from lstm_engine.text import quoted

#: What separates the whole part of a number from the rest.
DecimalMark = Literal[".", ","]

_MISSING = frozenset({"", "null", "nan", "na", "n/a", "#n/a", "<na>", "none", "nil", "-", "--", ".", "..."})
_CURRENCIES = "$€£¥"
_PLAIN = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?")
_WITH_COMMA = re.compile(r"[+\-\u2212]?(?:\d{1,3}(?:[.'’\s]\d{3})+|\d+)(?:,\d*)?(?:e[+-]?\d+)?", re.IGNORECASE)
_BETWEEN_THOUSANDS = re.compile(r"[.'’\s]")
#: A single comma may be a decimal one.
_EITHER = re.compile(r"[+-]?\d{1,3},\d{3}", re.ASCII)
#: 1,234.56 and 1,234,567, also as in India: 12,34,567.
_THOUSANDS = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+\.\d*|\d{1,3}(?:,\d{3}){2,}|\d{1,2}(?:,\d\d)+,\d{3}(?:\.\d*)?)")


class CellError(Exception):
    """A cell that is no price. index: which of the cells; the text says what it is, and what was expected."""

    def __init__(self, index: int, text: str) -> None:
        super().__init__(text)
        self.index = index


def price_numbers(cells: Sequence[str], mark: DecimalMark) -> NDArray[np.float64]:
    """The numbers in the cells, NaN where one is missing; shape (cells,).

    Raises:
        CellError: where one is something else, or out of a 32-bit number's range.
    """
    joined = "".join(cells)
    if mark == "." and joined.isascii() and "_" not in joined:
        try:
            numbers = np.fromiter(map(float, cells), np.float64, len(cells))
        except ValueError:
            pass  # it is looked at cell by cell
        else:
            if (np.abs(numbers) <= LARGEST_NUMBER).all():
                return numbers
    return np.fromiter((_number(index, cell, mark) for index, cell in enumerate(cells)), np.float64, len(cells))


def is_price(cell: str, mark: DecimalMark) -> bool:
    """Whether it is a number, and not missing."""
    try:
        return not np.isnan(_number(0, cell, mark))
    except CellError:
        return False


def is_missing(cell: str) -> bool:
    """Whether it is what programs write where they have no number."""
    return cell.strip().lower() in _MISSING


def _number(index: int, cell: str, mark: DecimalMark) -> float:
    if mark == "." and _PLAIN.fullmatch(cell):  # most of them
        return float(cell)
    if is_missing(cell):
        return np.nan
    text = cell.strip().strip(_CURRENCIES).strip()
    if mark == ",":
        if not _WITH_COMMA.fullmatch(text):
            hint = " with a decimal comma, as others of the file" if "." in text else ""
            raise CellError(index, f"{quoted(cell, 40)} is not a number{hint}: expected one such as 102,5")
        text = _BETWEEN_THOUSANDS.sub("", text).replace(",", ".")
    elif _EITHER.fullmatch(text):
        either = f"{text.replace(',', '')} or {text.replace(',', '.')}"
        raise CellError(index, f"{quoted(cell, 40)} may be {either}: expected a number without a comma")
    elif _THOUSANDS.fullmatch(text):
        text = text.replace(",", "")
    try:
        return numeral(text)
    except ValueError as error:
        raise CellError(index, str(error)) from None
