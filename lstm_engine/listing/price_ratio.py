"""How good a model of prices is, as far as a list of runs has room for it."""

from __future__ import annotations

import math
import os
from functools import lru_cache
from pathlib import Path

from lstm_engine.errors import UserError
from lstm_engine.forecast.inputs import PRICES
from lstm_engine.forecast.predictions import PREDICTIONS, read_predictions
from lstm_engine.prices.verdict import naive_ratio
from lstm_engine.script.script_run import INPUTS
from lstm_engine.store.arrays import read_arrays

#: Runs whose ratio is remembered: to work it out takes longer than all else that is listed of a run.
_REMEMBERED = 4096


def price_ratio(directory: str) -> float | None:
    """The verdict's: the error of the predictions in this run, of the days held out, by that of yesterday's price.

    None where nothing was predicted yet, where it is no finite number, or where it cannot be read.
    """
    try:
        status = os.stat(f"{directory}/{PREDICTIONS}")  # noqa: PTH116 - paths are text where runs are listed
        return _ratio(directory, (status.st_ino, status.st_size, status.st_mtime_ns))
    except (OSError, ValueError, KeyError, UserError):  # who opens the run is told
        return None


@lru_cache(_REMEMBERED)
def _ratio(directory: str, _: tuple[int, ...]) -> float | None:
    """Raises OSError, ValueError, KeyError, UserError."""
    run = Path(directory)
    predictions = read_predictions(run)
    if predictions is None:
        return None
    found = naive_ratio(predictions.held_out, read_arrays(run / INPUTS / PRICES)["prices"])
    return found if found is not None and math.isfinite(found) else None
