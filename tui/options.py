"""What the command line decides, as frozen data, for the parts that act on it."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from lstm_engine.config import RunConfig

Marker = Literal["braille", "block", "ascii"]

#: -P keeps the working directory off the import path: a stray torch.py there is not PyTorch.
ENGINE_COMMAND: tuple[str, ...] = (sys.executable, "-P", "-m", "lstm_engine")


@dataclass(frozen=True)
class EngineOptions:
    """How the engine process is started.

    checkpoints: the folder of all runs.
    save_every: seconds between two checkpoints while training.
    keep: how many of the timed checkpoints of a run are kept.
    command: the program that speaks the protocol; tests put another in its place.
    """

    checkpoints: Path
    save_every: float = 1.0
    keep: int = 5
    command: tuple[str, ...] = ENGINE_COMMAND

    @property
    def argv(self) -> list[str]:
        """The whole command line of the engine process."""
        return [
            *self.command,
            *("--checkpoints", str(self.checkpoints)),
            *("--save-every", str(self.save_every)),
            *("--keep", str(self.keep)),
        ]


@dataclass(frozen=True)
class DashboardOptions:
    """What the dashboard opens on.

    config: the settings of a new run; of no account where `source` says which run to open.
    epochs: how many the first `space` trains.
    start: train at once.
    fps: frames a second, at most.
    marker: what charts are drawn with.
    source: the run or checkpoint to go on with, as the user wrote it; None for a new run.
    """

    config: RunConfig
    epochs: int
    engine: EngineOptions
    start: bool = False
    fps: int = 10
    marker: Marker = "braille"
    source: str | None = None
