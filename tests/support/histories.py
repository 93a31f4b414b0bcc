"""Histories that are rewritten as a whole, so that whoever sees a part of one and a part of the next can be told."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import numpy as np

from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns
from lstm_engine.store.database import HISTORY

#: Epochs a chunk.
_CHUNK = 100


class Generations:
    """Writes a run's history again and again; all rows of one generation are its number, and so is its one stage.

    Its pages reach the file long before a transaction ends; nobody waits for the disk, so that it goes fast.
    """

    def __init__(self, run: Path, patience: float = 5.0) -> None:
        """patience: seconds that others who hold SQLite's lock are waited for."""
        self.number = 0
        self._width = Columns.of(RunConfig()).width
        self._database = sqlite3.connect(run / HISTORY, timeout=patience, isolation_level=None)
        self._database.execute("PRAGMA cache_size = 4")
        self._database.execute("PRAGMA synchronous = OFF")

    @property
    def is_writing(self) -> bool:
        """Whether a generation has begun, and not come to its end."""
        return self._database.in_transaction

    def commit(self, epochs: int) -> int:
        """Writes the next generation, of so many epochs; its number."""
        self.begin(epochs)
        return self.end()

    def begin(self, epochs: int) -> None:
        """Writes it, but for the end."""
        number = self.number + 1
        execute = self._database.execute
        execute("BEGIN IMMEDIATE")
        try:
            execute("DELETE FROM epochs")
            execute("DELETE FROM stages")
            for first in range(0, epochs, _CHUNK):
                rows = np.full((min(_CHUNK, epochs - first), self._width), number, "<f4")
                execute("INSERT INTO epochs VALUES (?, ?, ?)", (first, len(rows), rows.tobytes()))
            execute("INSERT INTO stages VALUES (?, ?)", (number, number + epochs))
        except sqlite3.Error:
            self.take_back()
            raise

    def end(self) -> int:
        """The number of the generation, which is there from now on."""
        try:
            self._database.execute("COMMIT")
        except sqlite3.Error:
            self.take_back()
            raise
        self.number += 1
        return self.number

    def take_back(self) -> None:
        """The generation before is there again."""
        if self.is_writing:
            self._database.execute("ROLLBACK")
