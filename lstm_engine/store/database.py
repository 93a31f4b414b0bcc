"""One run's history on disk: SQLite, committed together with the record of the checkpoint that it leads up to.

A rollback journal instead of WAL, because home directories on clusters are NFS; `synchronous=EXTRA`, because a
checkpoint may only be renamed into place after the history up to its epoch has reached the disk. Epochs lie in chunks
of little-endian 32-bit floats, so that a million epochs open in a moment and cost 60 bytes each.
"""

from __future__ import annotations

import contextlib
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import get_args

import numpy as np

from lstm_engine.errors import UserError
from lstm_engine.run.history import Columns, History, Rows
from lstm_engine.run.records import CheckpointRecord, SaveReason, Stage
from lstm_engine.store.sqlite_file import HistoryFile, as_user_error, create, open_checked, open_image

HISTORY = "history.sqlite"
#: What JSON and SQLite carry without loss, with room for epochs to be added.
LARGEST_TARGET = 2**52

_ROW = np.dtype("<f4")

#: A checkpoint's name: what `training.checkpoint.file_name` makes of it, and Lightning itself.
_FILE = re.compile(r"epoch=(0|-1|[1-9][0-9]*)-step=(0|[1-9][0-9]*)\.ckpt", re.ASCII)
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)


class Store:
    """An open history file. Every method that writes is one transaction: all of it happens or nothing.

    Raises, from every method:
        sqlite3.Error: the disk is full, the directory read-only or gone, …; what was committed is undamaged.
    """

    def __init__(self, connection: HistoryFile, columns: Columns) -> None:
        self._connection = connection
        self._columns = columns
        self._path = connection.path

    @classmethod
    def create(cls, directory: Path, columns: Columns) -> Store:
        """A new, empty history in `directory`, which must not have one."""
        return cls(create(directory / HISTORY), columns)

    @classmethod
    def open(cls, directory: Path, columns: Columns) -> Store:
        """The history in `directory`.

        Raises:
            UserError: there is none, it is not one of ours, another version wrote it, it is of another model or other
                companies, or its epochs do not follow one another.
        """
        return cls._checked(open_checked(directory / HISTORY), columns)

    @classmethod
    def open_image(cls, path: Path, image: bytes, columns: Columns) -> Store:
        """The history that the file at `path` held, to be read. Raises UserError as `open` does."""
        return cls._checked(open_image(path, image), columns)

    @classmethod
    def _checked(cls, connection: HistoryFile, columns: Columns) -> Store:
        try:
            with as_user_error(connection.path), connection.short_values():
                # SQLite knows a blob's length without reading it.
                layout = connection.execute(
                    "SELECT first_epoch, count, CASE typeof(rows) WHEN 'blob' THEN length(rows) ELSE 0 END "
                    "FROM epochs ORDER BY first_epoch"
                )
                problem = _misfit(layout, columns, connection.size)
            if problem is not None:
                raise UserError(f"{connection.path} {problem}")
        except BaseException:
            connection.close()
            raise
        return cls(connection, columns)

    def close(self) -> None:
        """Lets go of the file."""
        self._connection.close()

    def add(self, first_epoch: int, rows: Rows, checkpoint: CheckpointRecord | None, forget: tuple[str, ...]) -> None:
        """Appends epochs, records the checkpoint that is about to be written, and drops the records in `forget`."""
        with self._transaction() as run:
            if len(rows):
                run.execute("INSERT INTO epochs VALUES (?, ?, ?)", (first_epoch, len(rows), _packed(rows)))
            if checkpoint is not None:
                record = (checkpoint.file, checkpoint.epoch, checkpoint.sha256, checkpoint.reason)
                run.execute("INSERT OR REPLACE INTO checkpoints VALUES (?, ?, ?, ?)", record)
            run.executemany("DELETE FROM checkpoints WHERE file = ?", [(file,) for file in forget])

    def keep(self, file: str, reason: SaveReason) -> None:
        """Changes why a checkpoint is kept."""
        with self._transaction() as run:
            run.execute("UPDATE checkpoints SET reason = ? WHERE file = ?", (reason, file))

    def begin_stage(self, stage: Stage) -> None:
        """Records that a Trainer starts, and deletes the epochs, stages and checkpoints past its start."""
        with self._transaction() as run:
            chunk = run.execute(
                "SELECT first_epoch, rows FROM epochs WHERE first_epoch <= ? AND first_epoch + count > ?",
                (stage.start, stage.start + 1),
            ).fetchone()
            run.execute("DELETE FROM epochs WHERE first_epoch > ?", (stage.start,))
            if chunk is not None:
                first_epoch, blob = chunk
                kept = self._unpacked(blob)[: stage.start + 1 - first_epoch]
                run.execute("REPLACE INTO epochs VALUES (?, ?, ?)", (first_epoch, len(kept), _packed(kept)))
            run.execute("DELETE FROM checkpoints WHERE epoch > ?", (stage.start,))
            run.execute("DELETE FROM stages WHERE start >= ?", (stage.start,))
            run.execute("INSERT INTO stages VALUES (?, ?)", (stage.start, stage.target))

    def add_stages(self, stages: Sequence[Stage]) -> None:
        """Records stages that another run went through."""
        with self._transaction() as run:
            rows = [(stage.start, stage.target) for stage in stages]
            run.executemany("INSERT INTO stages VALUES (?, ?)", rows)

    def history(self) -> History:
        """All epochs.

        Raises:
            UserError: the chunks do not follow one another.
        """
        empty = np.empty((0, self._columns.width), np.float32)
        return History.from_rows(self._columns, np.concatenate([empty, *self._chunks()]))

    def check(self) -> None:
        """Reads all there is, a chunk at a time: what is trained on top of a damaged history would be lost with it.

        Raises:
            UserError: it cannot be read; one sentence says why.
        """
        with as_user_error(self._path):
            for _ in self._chunks():
                pass
            self.stages()
            self.checkpoints()

    def _chunks(self) -> Iterator[Rows]:
        """The epochs in the pieces they lie in. Raises UserError where they do not follow one another."""
        expected = 0
        chunks = self._connection.execute("SELECT first_epoch, count, rows FROM epochs ORDER BY first_epoch")
        for first_epoch, count, blob in chunks:
            rows = self._unpacked(blob)
            if first_epoch != expected or count != len(rows):
                raise UserError(f"{self._path} {_gap(expected)}")
            yield rows
            expected += count

    def row(self, epoch: int) -> list[float] | None:
        """One epoch's row; None where the history does not reach it."""
        chunk = self._connection.execute(
            "SELECT first_epoch, rows FROM epochs WHERE first_epoch <= ? ORDER BY first_epoch DESC LIMIT 1", (epoch,)
        ).fetchone()
        if chunk is None:
            return None
        rows = self._unpacked(chunk[1])[epoch - chunk[0] :]
        row: list[float] | None = rows[0].tolist() if len(rows) else None
        return row

    def last_epoch(self) -> int:
        """The newest epoch; -1 where there is none."""
        row = self._connection.execute("SELECT max(first_epoch + count) FROM epochs").fetchone()
        return -1 if row[0] is None else int(row[0]) - 1

    def stages(self) -> tuple[Stage, ...]:
        """In the order in which they ran. Raises UserError where one is none that a Trainer can go through."""
        with self._connection.short_values():
            rows = self._connection.execute("SELECT start, target FROM stages ORDER BY rowid")
            return tuple(_stage(self._path, *row) for row in rows)

    def checkpoints(self) -> tuple[CheckpointRecord, ...]:
        """Oldest first. A record whose file is absent was never finished, or was pruned.

        Raises:
            UserError: a record is none that this program makes. Files are read and deleted by the names in here, so
                one that leads out of the run's directory must not get any further.
        """
        with self._connection.short_values():
            rows = self._connection.execute(
                "SELECT file, epoch, sha256, reason FROM checkpoints ORDER BY epoch, rowid"
            )
            return tuple(_record(self._path, *row) for row in rows)

    def _unpacked(self, blob: bytes) -> Rows:
        width = self._columns.width
        if not isinstance(blob, bytes) or len(blob) % (4 * width):
            raise UserError(f"{self._path} has a damaged chunk: expected {width} 32-bit floats an epoch")
        return np.frombuffer(blob, _ROW).reshape(-1, width).astype(np.float32, copy=False)

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield self._connection
            self._connection.execute("COMMIT")
        except BaseException:
            # A failed COMMIT may have rolled back by itself.
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise


def is_checkpoint_name(file: object) -> bool:
    """Whether it is a checkpoint's plain file name, which leads nowhere but into the run's own directory."""
    return isinstance(file, str) and _FILE.fullmatch(file) is not None


def _record(path: Path, file: object, epoch: object, sha256: object, reason: object) -> CheckpointRecord:
    """The record in a row of the table, whose columns may hold anything. Raises UserError."""
    if not is_checkpoint_name(file):
        raise UserError(f"{path} names a checkpoint {file!r:.100}: expected a name such as epoch=9-step=20.ckpt")
    if type(epoch) is not int or epoch < 0:
        raise UserError(f"{path} has {file} at epoch {epoch!r:.100}: expected a whole number, 0 or more")
    if not isinstance(sha256, str) or not _SHA256.fullmatch(sha256):
        raise UserError(f"{path} has {file} with the checksum {sha256!r:.100}: expected 64 hexadecimal digits")
    if reason not in get_args(SaveReason):
        raise UserError(f"{path} has {file} saved for {reason!r:.100}: expected {', '.join(get_args(SaveReason))}")
    return CheckpointRecord(str(file), epoch, sha256, reason)  # type: ignore[arg-type]


def _stage(path: Path, start: object, target: object) -> Stage:
    """The stage in a row of the table, whose columns may hold anything. Raises UserError."""
    if type(start) is not int or type(target) is not int or not 0 <= start <= target <= LARGEST_TARGET:
        raise UserError(f"{path} has a stage from {start!r:.100} to {target!r:.100}: expected two epochs in order")
    return Stage(start, target)


def _misfit(layout: Iterable[tuple[object, object, object]], columns: Columns, room: int) -> str | None:
    """What is wrong where chunks of these first epochs, counts and sizes in bytes are no history of these columns, or
    more than a file of `room` bytes has room for.
    """
    expected = 0
    for first_epoch, count, size in layout:
        if type(count) is not int or count <= 0 or not isinstance(size, int):
            return f"has a chunk of {count!r:.100} epochs: expected epochs in a row"
        if size != 4 * columns.width * count:
            return (
                f"has {size / count / 4:g} numbers an epoch: expected {columns.width}, for a loss, "
                f"{len(columns.companies)} companies and {len(columns.parameters)} parameters as in the run's settings"
            )
        if first_epoch != expected:
            return _gap(expected)
        expected += count
    if 4 * columns.width * expected > room:
        return f"tells of {expected} epochs: expected no more than a file of its size has room for"
    return None


def _gap(epoch: int) -> str:
    return f"has a gap or damage at epoch {epoch}: expected epochs in a row"


def _packed(rows: Rows) -> bytes:
    return np.ascontiguousarray(rows, _ROW).tobytes()
