"""From history rows to the event `Epochs`, and back."""

from __future__ import annotations

import numpy as np

from lstm_engine.protocol.messages import Epochs
from lstm_engine.run.history import Columns, Named, Rows, as_sent


def epochs_event(first_epoch: int, seconds: float, rows: Rows, columns: Columns) -> Epochs:
    """Rows, shape (epochs, columns.width), as an event; the opposite of `rows_of`."""
    named = columns.named([as_sent(column) for column in rows.T])
    return Epochs(
        first_epoch=first_epoch,
        seconds=seconds,
        train_loss=named.loss,
        predictions=dict(named.predictions),
        parameters=dict(named.parameters),
    )


def rows_of(event: Epochs, columns: Columns) -> Rows:
    """The event's epochs as rows, shape (epochs, columns.width)."""
    rows = np.empty((len(event.train_loss), columns.width), np.float32)
    for position, values in enumerate(columns.in_order(Named(event.train_loss, event.predictions, event.parameters))):
        rows[:, position] = np.array(values, np.float64)  # None becomes NaN
    return rows
