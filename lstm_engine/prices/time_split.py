"""Which windows are trained on and which are held out: by date, never shuffled."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from lstm_engine.errors import UserError
from lstm_engine.prices.windows import Windows


class TimeSplit(NamedTuple):
    """Both parts of some windows.

    cut: the first date that is held out. day: its row in the table.
    training: the windows whose target day is before the cut. validation: those whose target day is on it or after;
    what goes into them may reach back before it.
    """

    cut: np.datetime64
    day: int
    training: slice
    validation: slice


def time_split(windows: Windows, validate: float = 0.2) -> TimeSplit:
    """The last days held out. validate: their share of the table's days, above 0 and below 1.

    Raises:
        UserError: where it is not such a share, or leaves a part without a window.
    """
    if not 0 < validate < 1:
        raise UserError(f"validate is {validate:g}: expected --validate with a share above 0 and below 1, such as 0.2")
    table = windows.table
    held_out = max(1, round(validate * len(table.dates)))
    day = len(table.dates) - held_out
    if day <= windows.first_day:
        raise UserError(
            f"{table.source} has {len(table.dates)} dates, of which {held_out} are held out: with --window "
            f"{windows.length} no window is left to train on; expected a smaller --validate, or a shorter window"
        )
    first = (day - windows.first_day) * len(table.tickers)
    return TimeSplit(table.dates[day], day, slice(0, first), slice(first, len(windows)))
