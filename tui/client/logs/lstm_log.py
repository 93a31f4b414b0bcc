"""A run of the LSTM by hand, by its history: read without holding the run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from lstm_engine.formats.metric_names import EPOCH, hyperparameters_of, metric_names, steps_per_epoch
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns, Rows
from lstm_engine.script.vocabulary.log_events import Described, Logged
from lstm_engine.store.database import HISTORY
from lstm_engine.store.directory import read_history, read_record
from lstm_engine.store.snapshot import Mark, mark_of
from tui.client.logs.logged import logged
from tui.state.told import Told

#: Epochs that are told at a time.
_PIECE = 20_000


class LstmLog:
    """Tells each epoch of the run once."""

    def __init__(self, run: str, directory: Path) -> None:
        self._run = run
        self._directory = directory
        self._config: RunConfig | None = None
        self._mark: Mark | None = None
        self._told = 0

    def new(self) -> Iterator[Told]:
        """What is new, a piece at a time. Raises UserError, OSError."""
        if self._config is None:
            record = read_record(self._directory)
            self._config = record.config
            texts = {"title": f"the LSTM, {record.config.model}", "created": record.created}
            yield Told(self._run, [Described(hyperparameters=hyperparameters_of(record.config), texts=texts)])
        mark = mark_of(self._directory / HISTORY)
        if mark == self._mark:
            return
        rows = read_history(self._directory, Columns.of(self._config)).rows
        self._mark = mark
        # A run that goes on from an earlier epoch goes through the later ones again, to the same bits.
        for begin in range(self._told, len(rows), _PIECE):
            piece = rows[begin : begin + _PIECE]
            self._told = begin + len(piece)
            yield Told(self._run, _metrics(self._config, begin, piece))


def _metrics(config: RunConfig, first_epoch: int, rows: Rows) -> list[Logged]:
    epochs = np.arange(first_epoch, first_epoch + len(rows), dtype=np.int64)
    steps = epochs * steps_per_epoch(config)
    found = [logged(EPOCH, steps, epochs.astype(np.float64))]
    for index, name in enumerate(metric_names(config)):
        begin = 1 if first_epoch == index == 0 else 0  # there is no loss before training
        if begin < len(rows):
            found.append(logged(name, steps[begin:], rows[begin:, index].astype(np.float64)))
    return found
