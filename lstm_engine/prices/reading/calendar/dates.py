"""The dates of whole files, read the one way that fits them all; never by a guess."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from lstm_engine.errors import UserError
from lstm_engine.prices.reading.calendar.calendar_date import NO_DATE, NONE, Readings, calendar_date
from lstm_engine.prices.reading.reading_options import DateOrder
from lstm_engine.text import quoted

Seconds = NDArray[np.int64]

_ORDERS: tuple[DateOrder, ...] = ("dmy", "mdy", "ymd")
_WORDS: dict[DateOrder, str] = {"dmy": "the day first", "mdy": "the month first", "ymd": "the year first"}


#: Numbers that stand for dates, and what they are: of 2001 to 2065, or of 1954 to 2119.
_COUNTS = (
    (re.compile(r"[12]\d{9}(?:\.\d*)?", re.ASCII), "seconds since 1970"),
    (re.compile(r"[12]\d{12}", re.ASCII), "milliseconds since 1970"),
    (re.compile(r"[2-7]\d{4}(?:\.\d*)?", re.ASCII), "a count of days, as in Excel"),
)


class _Known(dict[str, int]):
    """From a text to its number in order of appearance; a new one is read."""

    def __init__(self) -> None:
        self.readings: list[Readings] = []

    def __missing__(self, text: str) -> int:
        self[text] = number = len(self.readings)
        self.readings.append(calendar_date(text.strip()))
        return number


class Dates:
    """Dates as texts and as what they mean. Files of one folder have theirs in common: each text is read once."""

    def __init__(self) -> None:
        self._known = _Known()
        self._readings = np.empty((0, len(_ORDERS)), np.int64)

    def numbers(self, texts: Iterable[str]) -> NDArray[np.int64]:
        """One number a text, the same for the same text; shape (texts,)."""
        return np.fromiter(map(self._known.__getitem__, texts), np.int64)

    def is_date(self, text: str) -> bool:
        """Whether it is one in any order."""
        return self._known.readings[self._known[text]] != NONE

    def seconds(self, numbers: NDArray[np.int64], order: DateOrder | None, row_place: Callable[[int], str]) -> Seconds:
        """What the dates of one file mean, in seconds since 1970-01-01; shape (rows,).

        numbers: of its rows, from `numbers`. order: what the user said of it.
        row_place: the file and the line of a row, for sentences.

        Raises:
            UserError: where one is no date, or they may be read in several ways; one sentence with both.
        """
        unique, first, row = np.unique(numbers, return_index=True, return_inverse=True)
        texts = list(self._known)
        if len(self._readings) < len(texts):
            self._readings = np.array(self._known.readings, np.int64)
        readings = self._readings[unique]
        none = (readings == NO_DATE).all(axis=1)
        if none.any():
            index = int(first[none].min())
            text = texts[numbers[index]]
            what = f"{quoted(text, 40)} is not a date" if text.strip() else "the date is missing"
            raise UserError(f"{row_place(index)}: {what}: expected one such as 2024-01-05{_count(text.strip())}")
        wrong = readings == NO_DATE
        fitting = [number for number in range(len(_ORDERS)) if not wrong[:, number].any()]
        if order is not None:
            chosen = _ORDERS.index(order)
            if chosen not in fitting:
                index = int(first[wrong[:, chosen]].min())
                text = quoted(texts[numbers[index]], 40)
                raise UserError(f"{row_place(index)}: {text} is no date with {_WORDS[order]}: {_other(order)}")
            fitting = [chosen]
        if not fitting:
            raise UserError(_contradiction([texts[number] for number in unique], first, wrong, row_place))
        differ = (readings[:, fitting] != readings[:, fitting[:1]]).any(axis=1)
        if differ.any():
            at = int(first[differ].min())
            example = readings[row[at]]
            raise UserError(f"{row_place(at)}: {_two_ways(texts[numbers[at]], example, fitting)}")
        meant: Seconds = readings[row, fitting[0]]
        return meant


def _count(text: str) -> str:
    """What the text, which is no date, most likely counts; to go on after what was expected."""
    return next((f", and not {what}" for form, what in _COUNTS if form.fullmatch(text)), "")


def _other(order: DateOrder) -> str:
    return f"expected another --date-format than {order}, or none"


def _two_ways(text: str, readings: NDArray[np.int64], fitting: list[int]) -> str:
    """All ways to read the first of the dates that more than one fits, and what says which."""
    days = [f"{np.datetime64(int(readings[number]), 's').astype('datetime64[D]')}" for number in fitting]
    options = " or ".join(
        f"--date-format {_ORDERS[number]} ({day})" for number, day in zip(fitting, days, strict=True)
    )
    return f"{quoted(text, 40)} may be {' or '.join(days)}, and no date of the file tells: expected {options}"


def _contradiction(
    texts: list[str], first: NDArray[np.int64], wrong: NDArray[np.bool_], row_place: Callable[[int], str]
) -> str:
    """Two dates of which no order fits both. texts: of the unique dates, whose first rows are `first`."""
    one = min(range(len(texts)), key=lambda number: (-wrong[number].sum(), first[number]))
    order = int(np.argmin(wrong[one]))
    other = min(np.flatnonzero(wrong[:, order]), key=lambda number: first[number])
    where, there = (row_place(int(first[number])) for number in (one, other))
    return (
        f"{where}: {quoted(texts[one], 40)}, and {there}: {quoted(texts[other], 40)} have day, month and year in "
        "different orders: expected dates of one order"
    )
