"""A run on disk that is held, with what is needed to go on from it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lstm_engine.run.config import RunConfig
from lstm_engine.run.records import Parent
from lstm_engine.store.writer import RunWriter


@dataclass(frozen=True)
class Base:
    """A whole checkpoint on disk that a Trainer goes on from; epoch: completed epochs."""

    path: Path
    epoch: int


@dataclass(frozen=True)
class Opened:
    """A run on disk, its lock held.

    base: the checkpoint to go on from; None where it has none yet and starts from its seed.
    target: the epoch it was going to.
    resumes: the epochs at which training went on with a new Trainer.
    last_row: the history's row at the base's epoch; None where nothing is in the history yet.
    """

    writer: RunWriter
    config: RunConfig
    parent: Parent | None = None
    base: Base | None = None
    target: int = 0
    resumes: tuple[int, ...] = ()
    last_row: list[float] | None = None

    @property
    def epoch(self) -> int:
        """Completed epochs that are saved."""
        return self.base.epoch if self.base else 0
