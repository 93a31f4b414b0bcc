"""Where a run branches off from what was trained before, and the new run that begins there."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path

import msgspec

from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns, History
from lstm_engine.run.records import Parent, Stage, target_from
from lstm_engine.service.starts.opened import Base, Opened
from lstm_engine.store.directory import new_run
from lstm_engine.store.writer import RunWriter
from lstm_engine.text import printable


@dataclass(frozen=True)
class CheckpointFile:
    """A checkpoint in memory. name: of its file, in whatever run's directory it is. data: its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True)
class BranchPoint:
    """The end of a past that a new run takes over.

    config: the new run's settings.
    parent: the run, or the file, that it branches off from; None where it is none's branch.
    history: the past, up to and with the epoch that the new run stands at.
    stages: those that the parent went through; what began at the epoch or later is not taken over.
    checkpoint: saved at that epoch; None at epoch 0, where the seed is all there is.
    """

    config: RunConfig
    parent: Parent | None
    history: History
    stages: tuple[Stage, ...] = ()
    checkpoint: CheckpointFile | None = None


def branch(root: Path, point: BranchPoint, keep: int) -> Opened:
    """A new run under `root` that stands at `point`, with its parent's target, where that is still ahead.

    Raises:
        OSError, sqlite3.Error: it could not be written.
    """
    # A file, or a directory that was moved, can have any name; a run's settings cannot hold it.
    parent = point.parent and msgspec.structs.replace(point.parent, run=printable(point.parent.run))
    epoch = point.history.last_epoch
    stages = [stage for stage in point.stages if stage.start < epoch]
    base = None
    with contextlib.ExitStack() as on_failure:
        # Without its checkpoint a branch could not be gone on with, so it is a run no sooner than that is there.
        with new_run(root, point.config, parent) as directory:
            writer = RunWriter(directory, Columns.of(point.config), keep)
            on_failure.callback(writer.close)
            writer.begin_with(point.history.rows)
            if point.checkpoint is not None:
                writer.write_checkpoint(point.checkpoint.name, point.checkpoint.data, epoch, "stage")
                base = Base(directory / point.checkpoint.name, epoch)
            writer.store.add_stages(stages)
        on_failure.pop_all()
    opened = Opened(
        writer=writer,
        config=point.config,
        parent=parent,
        base=base,
        target=target_from(epoch, stages),
        resumes=tuple(stage.start for stage in stages if stage.start > 0),
        last_row=point.history.rows[-1].tolist(),
    )
    writer.summarise(epoch, opened.target, "paused", opened.last_row, checkpoint=base.path if base else None)
    return opened
