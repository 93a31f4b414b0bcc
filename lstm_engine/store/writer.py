"""The run that the engine holds: what is trained but not yet on disk, and the order in which it gets there.

The order is the guarantee: (1) the history up to the checkpoint's epoch and the checkpoint's checksum are committed in
one transaction, (2) the checkpoint is renamed into place, (3) the summary follows, (4) old checkpoints go. Killed in
between, a run has an older good checkpoint, and rows past it that resuming deletes.
"""

from __future__ import annotations

import contextlib
import logging
import sqlite3
from pathlib import Path

import numpy as np

from lstm_engine.run.history import Columns, History, Rows, as_sent
from lstm_engine.run.records import CheckpointRecord, SaveReason, Stage
from lstm_engine.store.database import HISTORY, Store
from lstm_engine.store.directory import RunState, Summary, timestamp, write_summary
from lstm_engine.store.files import write_durably
from lstm_engine.store.holding.held_folder import HeldFolder
from lstm_engine.store.holding.lock import RunLock
from lstm_engine.store.integrity import digest, stamp_of

log = logging.getLogger(__name__)

#: What writing to a failing disk raises.
STORAGE_ERRORS = (OSError, sqlite3.Error)

#: How many epochs of another run's past are written at once.
_CHUNK = 10_000

_KEPT_FOR_GOOD: tuple[SaveReason, ...] = ("user", "stage")


class RunWriter:
    """Owns a run's directory while it is trained: its lock, its history, its checkpoints.

    Raises, from every method that writes:
        OSError, sqlite3.Error: nothing that was saved before is damaged, and what could not be written is kept for
            the next attempt.
    """

    def __init__(self, directory: Path, columns: Columns, keep: int) -> None:
        """Takes the lock. Raises UserError where another program has it, or the history is not one of ours."""
        self.directory = directory
        self._columns = columns
        self._keep = keep
        self._lock = RunLock(directory)
        self._lock.acquire()
        try:
            self._store = Store.open(directory, columns)
            self._folder = HeldFolder(directory, directory / HISTORY)
        except BaseException:
            self._lock.release()
            raise
        self._pending: list[list[float]] = []
        self._first_pending = self._store.last_epoch() + 1
        self._absent: tuple[str, ...] = ()

    @property
    def store(self) -> Store:
        """The history that it holds open."""
        return self._store

    @property
    def next_epoch(self) -> int:
        """The epoch that the next row added is of."""
        return self._first_pending + len(self._pending)

    def close(self) -> None:
        """Gives the run back."""
        self._folder.close()
        self._store.close()
        self._lock.release()

    def check_there(self) -> None:
        """Raises FolderGoneError where the directory is not the one that was opened any more; OSError."""
        self._folder.check()

    def history(self) -> History:
        """All epochs, committed or not, also where the directory is gone. Raises UserError, sqlite3.Error."""
        return self._store.history().extended(self._pending_rows())

    def begin_stage(self, stage: Stage) -> None:
        """A Trainer starts at `stage.start`: what lies past it goes, from memory and disk."""
        self.check_there()
        past = [record for record in self._store.checkpoints() if record.epoch > stage.start]
        self._store.begin_stage(stage)
        del self._pending[max(0, stage.start + 1 - self._first_pending) :]
        self._first_pending = min(self._first_pending, stage.start + 1)
        for record in past:
            (self.directory / record.file).unlink(missing_ok=True)

    def begin_with(self, past: Rows) -> None:
        """Commits the epochs that a new run takes over, in chunks: there may be millions of them.

        The directory must be none of a run yet, for the chunks are transactions of their own.
        """
        for begin in range(0, len(past), _CHUNK):
            rows = past[begin : begin + _CHUNK]
            self._store.add(self._first_pending, rows, None, ())
            self._first_pending += len(rows)

    def add(self, row: list[float]) -> None:
        """Takes the next epoch's row, to be committed with the next checkpoint."""
        self._pending.append(row)

    def write_checkpoint(self, file: str, data: bytes, epoch: int, reason: SaveReason) -> None:
        """Commits the history up to `epoch`, then writes the checkpoint."""
        self.check_there()
        rows = self._pending_rows()
        record = CheckpointRecord(file, epoch, digest(data), reason)
        self._store.add(self._first_pending, rows, record, self._absent)
        self._first_pending += len(rows)
        self._pending.clear()
        self._absent = ()
        write_durably(self.directory / file, data)
        self._prune()

    def keep_checkpoint(self, file: str, reason: SaveReason) -> None:
        """Keeps a checkpoint that is already there, for a better reason than the one it was written for."""
        self.check_there()
        self._store.keep(file, reason)

    def summarise(
        self,
        epoch: int,
        target: int,
        state: RunState,
        row: list[float] | None,
        seconds: float = 0.0,
        checkpoint: Path | None = None,
    ) -> None:
        """Writes down where the run stands, for lists; a failure to do so is no failure of the run.

        checkpoint: the one that it stands on.
        """
        named = self._columns.named(as_sent(np.array(row, np.float32))) if row else None
        summary = Summary(
            epoch=epoch,
            target=target,
            state=state,
            updated=timestamp(),
            train_loss=named.loss if named else None,
            predictions=dict(named.predictions) if named else {},
            seconds=seconds,
            checkpoint=None if state == "training" or checkpoint is None else stamp_of(checkpoint),
        )
        try:
            self.check_there()
            write_summary(self.directory, summary)
        except OSError as error:
            log.warning("the summary of %s could not be written: %s", self.directory.name, error)

    def _pending_rows(self) -> Rows:
        rows: Rows = np.array(self._pending, np.float32).reshape(-1, self._columns.width)
        return rows

    def _prune(self) -> None:
        records = self._store.checkpoints()
        temporary = [record.file for record in records if record.reason not in _KEPT_FOR_GOOD]
        self._absent = tuple(temporary[: -self._keep])
        for file in self._absent:
            with contextlib.suppress(OSError):
                (self.directory / file).unlink(missing_ok=True)
