"""How far apart many companies are: the band that most of their errors lie in, by epoch."""

from __future__ import annotations

import math

import numpy as np

from lstm_engine.run.history import Rows
from tui.state.session import Session

#: With no more companies than that each has a chart of its own.
_FEW = 2
#: The shares of the companies below and up to the band.
LOW, HIGH = 0.1, 0.9
#: Epochs that are worked out at once: a long history of many companies does not fit into memory twice.
_AT_ONCE = 4096


class ErrorBand:
    """The 10th and the 90th percentile of the companies' squared errors, kept up at the cost of new epochs alone."""

    def __init__(self) -> None:
        self._rewrites = -1
        self._length = 0
        self._bounds: Rows = np.empty((2, 0), np.float32)

    def follow(self, session: Session) -> tuple[Rows, ...]:
        """The lower and the upper bound by epoch, shapes (epochs,); nothing where each company has a chart."""
        history = session.history
        if len(session.config.data.names) <= _FEW:
            return ()
        if session.rewrites != self._rewrites or history.length < self._length:
            self._rewrites, self._length = session.rewrites, 0
        if history.length > self._bounds.shape[1]:
            room = np.empty((2, max(history.length, 2 * self._bounds.shape[1])), np.float32)
            room[:, : self._length] = self._bounds[:, : self._length]
            self._bounds = room
        targets = np.array(session.config.data.targets, np.float32)
        while self._length < history.length:
            end = min(self._length + _AT_ONCE, history.length)
            predictions = history.predictions[self._length : end]
            self._bounds[:, self._length : end] = _percentiles((predictions - targets) ** 2)
            self._bounds[:, 0] = np.nan  # the untrained model has no loss either
            self._length = end
        return self._bounds[0, : self._length], self._bounds[1, : self._length]


def _percentiles(errors: Rows) -> Rows:
    """Of each row the values that the shares LOW and HIGH of it do not exceed; shape (2, rows). NaN is the largest."""
    last = errors.shape[1] - 1
    low, high = math.floor(LOW * last), math.ceil(HIGH * last)
    return np.partition(errors, (low, high), axis=1)[:, [low, high]].T
