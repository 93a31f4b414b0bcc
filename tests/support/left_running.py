"""Trainings that go on without a terminal: how tests begin, find and end them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from lstm_engine.listing.entries import entries
from lstm_engine.store.holding.lock import in_use
from tests.support.terminal import Terminal, wait_until_gone

#: More epochs than any machine trains before a test stops it.
FAR = 1_000_000


@dataclass(frozen=True)
class LeftRunning:
    """What `lstm-tui train --detach --json` tells."""

    run: str
    directory: str
    pid: int


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    """`lstm-tui ARGUMENTS`, carried out without a terminal."""
    program = [sys.executable, "-m", "tui", *arguments]
    return subprocess.run(program, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)


@contextmanager
def left_running(root: Path, *options: str, epochs: int = FAR) -> Iterator[LeftRunning]:
    """A training in the background; ended with the `with` block, where it has not ended by then."""
    begun = command("train", "--detach", "--json", "--checkpoints", str(root), "--epochs", str(epochs), *options)
    assert begun.returncode == 0, begun.stderr
    told = LeftRunning(**json.loads(begun.stdout))
    try:
        yield told
    finally:
        end_all(root)
        wait_until_gone(told.pid)


def end_all(root: Path) -> None:
    """Ends whatever trains under `root`, so that a test that failed leaves nothing behind."""
    for run in entries(root):
        if in_use(Path(run.directory)):
            command("stop", run.run, "--checkpoints", str(root))


def attached(root: Path, *arguments: str) -> Terminal:
    """A terminal with `lstm-tui attach` in it."""
    return Terminal("attach", *arguments, "--checkpoints", str(root))


def farewell(terminal: Terminal) -> str:
    """What the dashboard left on the normal screen, once it has ended."""
    return terminal.received.decode(errors="replace").rpartition("\x1b[?1049l")[2]
