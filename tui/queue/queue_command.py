"""The process that trains a queue, and how it is started."""

from __future__ import annotations

import sys
from pathlib import Path

#: -P keeps the working directory off the import path.
_PROGRAM = (sys.executable, "-P", "-m", "lstm_engine.queue.program")


def queue_command(folder: Path, workers: int | None, cluster: str | None) -> list[str]:
    """workers: at a time on this machine; None for one a core. cluster: the address of a scheduler of Dask."""
    more = ["--workers", str(workers)] if workers else []
    return [*_PROGRAM, str(folder), *more, *(["--cluster", cluster] if cluster else [])]
