"""What a model predicted, in its run's folder: at its best epoch, for the days held out and for those to come."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lstm_engine.errors import UserError
from lstm_engine.store.arrays import read_arrays, write_arrays
from lstm_engine.text import printable

PREDICTIONS = "predictions.npz"

Prices = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Predictions:
    """In price units, N tickers as in the table.

    epoch: completed epochs when they were made, the one of the lowest validation loss. loss: that.
    held_out: of the M last days of the table, each made on the day before; shape (M, N).
    ahead: of the days behind the table's last; from the second on, made of the model's own; shape (horizon, N).
    """

    epoch: int
    loss: float
    held_out: Prices
    ahead: Prices


def write_predictions(run: Path, found: Predictions) -> None:
    """Puts them in place of what is in the run's folder. Raises OSError."""
    about = np.array([found.epoch, found.loss])
    write_arrays(run / PREDICTIONS, about=about, held_out=found.held_out, ahead=found.ahead)


def read_predictions(run: Path) -> Predictions | None:
    """None where there are none yet. Raises UserError where they are damaged."""
    path = run / PREDICTIONS
    try:
        arrays = read_arrays(path)
        epoch, loss = arrays["about"]
        held_out, ahead = arrays["held_out"], arrays["ahead"]
        if held_out.ndim != 2 or ahead.ndim != 2 or {held_out.dtype, ahead.dtype} != {np.dtype(np.float64)}:
            raise ValueError(f"arrays of the shapes {held_out.shape} and {ahead.shape}")
        return Predictions(int(epoch), float(loss), held_out, ahead)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UserError(f"{printable(str(path))} cannot be read ({error.strerror}): expected predictions") from error
    except (ValueError, KeyError, OverflowError) as error:
        said = printable(str(error))
        raise UserError(f"{printable(str(path))} is damaged ({said}): expected predictions") from error
