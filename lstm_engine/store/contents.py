"""What is in one run's directory, read without holding the run: its past, its checkpoints, its size."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np

from lstm_engine.errors import UserError
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns, History, as_sent
from lstm_engine.run.records import CheckpointRecord, SaveReason, Stage, target_from
from lstm_engine.store.directory import RunRecord, Summary, query_history, read_record
from lstm_engine.store.integrity import is_whole, newest_whole_epoch


@dataclass(frozen=True)
class Contents:
    """What a run's database holds. checkpoints: oldest first; the file of one may be absent."""

    history: History
    checkpoints: tuple[CheckpointRecord, ...]
    stages: tuple[Stage, ...]


class KeptCheckpoint(msgspec.Struct, frozen=True):
    """A checkpoint on disk.

    epoch: completed epochs. whole: it is, byte for byte, what was written.
    """

    path: str
    epoch: int
    reason: SaveReason
    whole: bool


class Size(msgspec.Struct, frozen=True):
    """How many files, and how many bytes they hold."""

    files: int
    bytes: int


def read_contents(directory: Path, config: RunConfig) -> Contents:
    """All that the database in `directory` holds, of a run with these settings. Raises UserError."""
    return query_history(
        directory, Columns.of(config), lambda store: Contents(store.history(), store.checkpoints(), store.stages())
    )


def checkpoints_of(directory: Path) -> list[KeptCheckpoint]:
    """The checkpoints of the run in `directory` that are still there, the newest first.

    Raises:
        UserError: the run cannot be read; one sentence says why.
    """
    columns = Columns.of(read_record(directory).config)
    records, last_epoch = query_history(directory, columns, lambda store: (store.checkpoints(), store.last_epoch()))
    return [
        KeptCheckpoint(
            str(directory / record.file),
            record.epoch,
            record.reason,
            record.epoch <= last_epoch and is_whole(directory, record),
        )
        for record in reversed(records)
        if (directory / record.file).is_file()
    ]


def size_of(directory: Path) -> Size:
    """All that `directory` holds.

    Raises:
        UserError: it cannot be read.
    """
    try:
        sizes = [
            (folder / file).lstat().st_size
            for folder, files in ((Path(name), files) for name, _, files in os.walk(directory, onerror=_raise))
            for file in files
        ]
    except OSError as error:
        raise UserError(f"{directory} cannot be read ({error.strerror}): expected a run's directory") from error
    return Size(len(sizes), sum(sizes))


def recovered(directory: Path, record: RunRecord, summary: Summary | None) -> Summary:
    """Where a run really stands whose process died, or whose checkpoint is damaged, by history and checksums.

    Raises:
        UserError: its history cannot be read.
    """
    columns = Columns.of(record.config)
    epoch, row, stages = query_history(
        directory,
        columns,
        lambda store: ((at := newest_whole_epoch(directory, store)), store.row(at), store.stages()),
    )
    named = columns.named(as_sent(np.array(row, np.float32))) if row is not None else None
    return Summary(
        epoch=epoch,
        target=target_from(epoch, stages),
        state="training",
        updated=summary.updated if summary else record.created,
        train_loss=named.loss if named else None,
        predictions=dict(named.predictions) if named else {},
    )


def _raise(error: OSError) -> None:
    raise error
