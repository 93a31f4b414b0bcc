"""A run as TensorBoard shows one: its columns as scalars by optimiser step, its settings as hyperparameters."""

from __future__ import annotations

from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from lstm_engine.formats.event_file.writer import EventFileWriter
from lstm_engine.formats.metric_names import EPOCH, hyperparameters_of, metric_names, steps_per_epoch
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Rows


class TensorboardLog:
    """Writes a run's epochs to an event file. Every method raises OSError."""

    def __init__(self, file: BinaryIO, config: RunConfig, wall: float, first_epoch: int = 0) -> None:
        """
        Args:
            file: open and empty; it stays the caller's.
            wall: when it begins, seconds since 1970.
            first_epoch: the first that comes; what older files of the folder have from there on is void.
        """
        self._writer = EventFileWriter(file, wall)
        self._names = metric_names(config)
        self._per_epoch = steps_per_epoch(config)
        if first_epoch:
            self._writer.resumed(first_epoch * self._per_epoch, wall)
        self._writer.hyperparameters(hyperparameters_of(config), self._names[:1], wall)

    def add(self, first_epoch: int, rows: Rows, walls: NDArray[np.float64]) -> None:
        """Write consecutive epochs.

        Args:
            rows: as in a history, shape (epochs, columns); NaN for what is not finite.
            walls: when each ended, seconds since 1970; shape (epochs,).
        """
        epochs = np.arange(first_epoch, first_epoch + len(rows), dtype=np.int64)
        steps = epochs * self._per_epoch
        for index, name in enumerate(self._names):
            # There is no loss at epoch 0: nothing was trained before it.
            begin = 1 if first_epoch == index == 0 else 0
            self._writer.scalars(name, steps[begin:], walls[begin:], rows[begin:, index])
        self._writer.scalars(EPOCH, steps, walls, epochs.astype(np.float32))
