"""The process that trains a sweep: how it is started, what it says, and what its end means."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import msgspec

#: -P keeps the working directory off the import path: a stray torch.py there is not PyTorch.
_PROGRAM = (sys.executable, "-P", "-m", "lstm_engine.sweep_run.program")

_INTERRUPTED = 130


class Told(msgspec.Struct, frozen=True):
    """A line of it. epoch: of the slowest member. rate: epochs of a member a second."""

    epoch: int
    epochs: int
    rate: float


def sweep_command(folder: Path, workers: int | None) -> list[str]:
    """workers: processes; None for one a core."""
    return [*_PROGRAM, str(folder), *(["--workers", str(workers)] if workers else [])]


def was_saved(status: int) -> bool:
    """Whether it ended as it was told to, with all saved. One that has no signals set up yet has trained nothing."""
    return status in (_INTERRUPTED, -signal.SIGTERM)


def failure(status: int, said: str) -> str:
    """Why it ended by itself. said: on standard error; its last line is a sentence."""
    last = said.strip().splitlines()[-1:]
    how = "its process was killed" if status < 0 else f"its process ended with status {status}"
    return last[0] if last else how
