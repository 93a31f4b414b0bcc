"""From history rows to the event `Epochs`, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from lstm_engine.protocol.messages import Epochs
from lstm_engine.run.history import Columns, Rows, as_sent


def epochs_event(first_epoch: int, seconds: float, rows: Rows, columns: Columns) -> Epochs:
    """Rows, shape (epochs, columns.width), as an event; the opposite of `rows_of`."""
    loss, *others = [as_sent(column) for column in rows.T]
    return Epochs(
        first_epoch=first_epoch,
        seconds=seconds,
        train_loss=loss,
        predictions=dict(zip(columns.companies, others, strict=False)),
        parameters=dict(zip(columns.parameters, others[len(columns.companies) :], strict=True)),
    )


def rows_of(event: Epochs, columns: Columns) -> Rows:
    """The event's epochs as rows, shape (epochs, columns.width)."""
    rows = np.empty((len(event.train_loss), columns.width), np.float32)
    rows[:, 0] = _floats(event.train_loss)
    _fill(rows[:, 1:], columns.companies, event.predictions)
    _fill(rows[:, 1 + len(columns.companies) :], columns.parameters, event.parameters)
    return rows


def _fill(rows: Rows, names: Sequence[str], values: Mapping[str, Sequence[float | None]]) -> None:
    for index, name in enumerate(names):
        rows[:, index] = _floats(values[name])


def _floats(values: Sequence[float | None]) -> NDArray[np.float64]:
    return np.array(values, np.float64)  # None becomes NaN
