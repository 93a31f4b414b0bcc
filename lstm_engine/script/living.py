"""Whether a script still runs, whoever keeps it: a keeper may have been killed, and in a notebook there is none."""

from __future__ import annotations

import socket
from pathlib import Path

from lstm_engine.errors import UserError
from lstm_engine.script.last_progress import last_progress
from lstm_engine.script.progress import Progress

#: Seconds that the clocks may differ by which a process was told of and which the kernel has.
_SLACK = 5.0


def lives(progress: Progress) -> bool:
    """Whether the process that was told of last runs on this host; of one on another host nobody here can tell."""
    here = progress.host in ("", socket.gethostname())
    return progress.ended is None and progress.pid > 0 and here and is_alive(progress.pid, progress.since)


def living_script(directory: Path | str) -> Progress | None:
    """Where the script stands that trains in this folder on this host; None where none does."""
    progress = last_progress(directory)
    return progress if lives(progress) else None


def refuse_living(directory: Path) -> None:
    """Raises UserError where a script trains in the folder that nobody keeps: the folder's lock does not tell."""
    progress = living_script(directory)
    if progress is not None:
        raise UserError(f"run {directory.name} is in use by its script, process {progress.pid}: stop that one first")


def is_alive(pid: int, since: float) -> bool:
    """Whether the process of that number runs which ran at `since`, wall clock in seconds; not a later one of it."""
    import psutil  # costs more than most callers do besides

    try:
        process = psutil.Process(pid)
        return bool(process.create_time() <= since + _SLACK and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False
    except psutil.AccessDenied:
        return True
