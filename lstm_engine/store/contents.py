"""What is in one run's directory: the checkpoints to go on from, and how much there is to delete."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from lstm_engine.errors import UserError
from lstm_engine.run.history import Columns
from lstm_engine.run.records import SaveReason
from lstm_engine.store import directory as runs
from lstm_engine.store.integrity import is_whole


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


def checkpoints_of(directory: Path) -> list[KeptCheckpoint]:
    """The checkpoints of the run in `directory` that are still there, the newest first.

    Raises:
        UserError: the run cannot be read; one sentence says why.
    """
    columns = Columns.of(runs.read_record(directory).config)
    records, last_epoch = runs.reading(directory, columns, lambda store: (store.checkpoints(), store.last_epoch()))
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


def _raise(error: OSError) -> None:
    raise error
