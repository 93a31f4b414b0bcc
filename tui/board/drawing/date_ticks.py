"""Where the dates of a table stand on an axis, and what they are labelled: years, months or days that begin there."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from lstm_engine.prices.table import date_words

Dates = NDArray[np.datetime64]

#: Columns between a label and the next, at least.
_GAP = 3
#: What may begin at a tick, from short to long: a unit, how many of it, and how the date is then written.
_PERIODS: tuple[tuple[str, int, int], ...] = (
    *(("m", count, 16) for count in (1, 5, 15, 30)),
    *(("h", count, 16) for count in (1, 3, 6, 12)),
    *(("D", count, 10) for count in (1, 2, 7, 14)),
    *(("M", count, 7) for count in (1, 2, 3, 6)),
    *(("Y", count, 4) for count in (1, 2, 5, 10, 20, 50, 100)),
)
#: Days from a Monday to the first of January 1970.
_MONDAY = 3


def date_ticks(dates: Dates, first: int, columns: NDArray[np.int64]) -> tuple[tuple[int, str], ...]:
    """(column, label) of the ticks, ascending: as many as have room beside each other, and say when something begins.

    dates: ascending, of all rows. first: the first row in sight. columns: of the rows from there on, never descending;
    those behind them are out of sight.
    """
    shown = dates[first : first + len(columns)]
    for unit, count, length in _periods(dates):
        periods = _numbers(shown, unit) // count
        before = periods[0] - 1 if first == 0 else (_numbers(dates[first - 1 : first], unit) // count)[0]
        rows = np.flatnonzero(np.diff(periods, prepend=before))
        if first == 0 and (unit, count) not in (("m", 1), ("D", 1)):
            rows = rows[1:]  # a table need not begin where a month does
        if not len(rows):
            break
        places = columns[rows]
        if len(places) == 1 or int(np.diff(places).min()) >= length + _GAP:
            return tuple(
                (int(place), date_words(shown[row])[:length]) for place, row in zip(places, rows, strict=True)
            )
    return ((int(columns[0]), date_words(shown[0])),)


def _periods(dates: Dates) -> Iterator[tuple[str, int, int]]:
    has_times = dates.dtype != np.dtype("datetime64[D]")
    return (each for each in _PERIODS if has_times or each[2] <= 10)


def _numbers(dates: Dates, unit: str) -> NDArray[np.int64]:
    numbers = dates.astype(f"datetime64[{unit}]").astype(np.int64)
    return numbers + _MONDAY if unit == "D" else numbers + 1970 if unit == "Y" else numbers
