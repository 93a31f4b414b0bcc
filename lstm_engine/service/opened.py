"""A run on disk that is held, with what is needed to go on from it; and a new one that begins where another stood."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns, History
from lstm_engine.run.records import CheckpointRecord, Parent, Stage
from lstm_engine.store import directory as runs
from lstm_engine.store.writer import RunWriter
from lstm_engine.text import printable

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Base:
    """A whole checkpoint on disk; epoch: completed epochs."""

    path: Path
    epoch: int


@dataclass(frozen=True)
class Opened:
    """A run on disk, its lock held.

    base: the checkpoint to go on from; None where it has none yet and starts from its seed.
    target: the epoch it was going to.
    last_row: the history's row at the base's epoch.
    """

    writer: RunWriter
    config: RunConfig
    parent: Parent | None
    base: Base | None
    target: int
    resumes: tuple[int, ...]
    last_row: list[float] | None


def read_parts(directory: Path, config: RunConfig) -> tuple[History, tuple[CheckpointRecord, ...], tuple[Stage, ...]]:
    """A run's history, checkpoints and stages, read without holding the run. Raises UserError."""
    return runs.reading(
        directory, Columns.of(config), lambda store: (store.history(), store.checkpoints(), store.stages())
    )


def branch(
    root: Path,
    config: RunConfig,
    parent: Parent | None,
    history: History,
    stages: tuple[Stage, ...],
    file: str,
    data: bytes,
    keep: int,
) -> Opened:
    """A new run that stands at the end of `history`, where the checkpoint `data` was saved; no data: at its seed.

    It has its parent's target, where that is still ahead.

    Raises:
        OSError, sqlite3.Error: it could not be written.
    """
    if parent is not None:
        # A file, or a directory that was moved, can have any name; a run's settings cannot hold it.
        parent = msgspec.structs.replace(parent, run=printable(parent.run))
    epoch = history.last_epoch
    inherited = [stage for stage in stages if stage.start < epoch]
    target = max([epoch, *(stage.target for stage in inherited[-1:])])
    writers: list[RunWriter] = []

    def fill(directory: Path) -> None:
        writer = RunWriter(directory, Columns.of(config), keep)
        writers.append(writer)
        writer.begin_with(history.rows)
        if data:
            writer.write_checkpoint(file, data, epoch, "stage")
        writer.store.add_stages(inherited)

    try:
        # Without its checkpoint a branch could not be gone on with, so it is a run no sooner than that is there.
        directory = runs.create(root, config, parent, fill)
    except BaseException:
        for writer in writers:
            writer.close()
        raise
    (writer,) = writers
    base = Base(directory / file, epoch) if data else None
    last_row = history.rows[-1].tolist()
    writer.summarise(epoch, target, "paused", last_row, checkpoint=base.path if base else None)
    resumes = tuple(stage.start for stage in inherited if stage.start > 0)
    return Opened(writer, config, parent, base, target, resumes, last_row)
