"""Scripts that train in a run of their own, with a real keeper; none of them loads PyTorch."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from lstm_engine.script.event_log import EventLog
from lstm_engine.script.last_progress import last_progress
from lstm_engine.script.launch import Launched, launch
from lstm_engine.script.living import is_alive
from lstm_engine.script.progress import Progress
from lstm_engine.script.script_run import new_script_run
from lstm_engine.script.vocabulary.events import EVENTS, Event
from lstm_engine.store.holding.lock import in_use
from lstm_engine.store.script_record import ScriptRecord

FAKE_TRAINING = Path(__file__).with_name("fake_training.py")
#: Seconds until a condition; only a defect takes that long.
LIMIT = 60.0


def wait_for(condition: Callable[[], object], limit: float = LIMIT) -> None:
    """Until it holds; fails where it does not in time."""
    end = time.monotonic() + limit
    while not condition():
        assert time.monotonic() < end, f"waited {limit} s for {condition}"
        time.sleep(0.01)


def record_of(*argv: str, directory: Path | str = "/tmp", title: str = "train.py") -> ScriptRecord:  # noqa: S108
    return ScriptRecord(created="2026-01-02T03:04:05+00:00", argv=argv, title=title, directory=str(directory))


def fake_training(*options: str) -> ScriptRecord:
    """`tests/support/fake_training.py` with these options."""
    return record_of(sys.executable, str(FAKE_TRAINING), *options)


def events_of(run: Path) -> list[Event]:
    return list(EventLog(run / EVENTS).new())


def progress_of(run: Path) -> Progress:
    return last_progress(run)


def wait_until_over(run: Path) -> None:
    """Until neither keeper nor script has the run."""
    wait_for(lambda: not in_use(run))
    wait_for(lambda: progress_of(run).ended is not None or not alive(run))


def alive(run: Path) -> bool:
    progress = progress_of(run)
    return progress.pid > 0 and is_alive(progress.pid, progress.since)


def kill(*pids: int) -> None:
    """kill -9, of those that are still there."""
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


@contextlib.contextmanager
def kept(root: Path, record: ScriptRecord, name: str | None = None) -> Iterator[tuple[Path, Launched]]:
    """The record's command in a new run under `root`; what is left of it at the end of the block is killed."""
    with new_script_run(root, record, name) as run:
        launched = launch(run)
    try:
        yield run, launched
    finally:
        kill(launched.script)
        wait_until_over(run)
