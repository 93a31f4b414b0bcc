"""The dates behind a table's last, by how its dates follow each other."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lstm_engine.prices.table import PriceTable, Step

Dates = NDArray[np.datetime64]

_MONTHS: dict[Step, int] = {"months": 1, "quarters": 3, "years": 12}
_DAY = np.dtype("datetime64[D]")


def following_dates(table: PriceTable, count: int) -> Dates:
    """The next `count` dates: on the same day of the month, or its last; on weekdays alone where all of the table's
    are; or as far apart as most of them. Holidays are not known. Shape (count,).
    """
    dates, numbers = table.dates, np.arange(1, count + 1)
    found: Dates
    if table.step in _MONTHS:
        found = _months_later(dates.astype(_DAY), _MONTHS[table.step] * numbers)
    elif dates.dtype == _DAY and table.step == "days" and np.is_busday(dates).all():
        found = np.busday_offset(dates[-1], numbers)
    else:
        apart = np.median(np.diff(dates).astype(np.int64)) if len(dates) > 1 else 1
        found = (dates[-1].astype(np.int64) + numbers * max(int(apart), 1)).astype(dates.dtype)
    return found.astype(dates.dtype)


def _months_later(dates: Dates, months: NDArray[np.int64]) -> Dates:
    month = dates.astype("datetime64[M]")
    days = (dates - month.astype(_DAY)).astype(np.int64)
    later = month[-1].astype(np.int64) + months
    first, next_first = ((later + more).astype("datetime64[M]").astype(_DAY) for more in (0, 1))
    are_ends = ((month + 1).astype(_DAY) - dates).astype(np.int64) == 1
    wanted = first + (31 if are_ends.all() else days[-1])
    found: Dates = np.minimum(wanted, next_first - 1)
    return found
