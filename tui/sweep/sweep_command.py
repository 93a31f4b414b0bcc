"""The process that trains a sweep: how it is started, and what it says."""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec

#: -P keeps the working directory off the import path: a stray torch.py there is not PyTorch.
_PROGRAM = (sys.executable, "-P", "-m", "lstm_engine.sweep_run.program")


class Told(msgspec.Struct, frozen=True):
    """A line of it. epoch: of the slowest member. rate: epochs of a member a second."""

    epoch: int
    epochs: int
    rate: float


def sweep_command(folder: Path, workers: int | None) -> list[str]:
    """workers: processes; None for one a core."""
    return [*_PROGRAM, str(folder), *(["--workers", str(workers)] if workers else [])]
