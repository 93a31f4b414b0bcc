"""What those cost a training who look in on it."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median

from lstm_engine.listing.entries import entries
from lstm_engine.protocol.messages import AddEpochs, NewRun
from lstm_engine.run.config import RunConfig
from tests.benchmarks.effort import Effort
from tests.benchmarks.engine import Engine
from tests.benchmarks.samples import spread
from tests.benchmarks.table import Result, result
from tests.benchmarks.terminal import Terminal, lstm_tui

#: How many dashboards look on, and whether they stand still.
_WAYS = {"none": (0, False), "1": (1, False), "3": (3, False), "1 stopped": (1, True)}
_POLL = 0.1


def watchers(effort: Effort, folder: Path) -> list[Result]:
    """One run is trained further, with other dashboards on it each time."""
    root, epochs = folder / "checkpoints", effort.toll_epochs
    speeds: dict[str, list[float]] = {way: [] for way in _WAYS}
    with Engine(root) as engine:
        engine.send(NewRun(config=RunConfig()))
        trained = engine.trained(AddEpochs(epochs=epochs))[0].seconds  # warms up
        (run,) = entries(root)
        for _ in range(effort.toll_pairs):
            for way, (count, is_stopped) in _WAYS.items():
                with _dashboards(count, folder, run.run, is_stopped=is_stopped):
                    total = engine.trained(AddEpochs(epochs=epochs))[0].seconds
                speeds[way].append(epochs / (total - trained))
                trained = total
    ratios = {
        way: [watched / alone for watched, alone in zip(speeds[way], speeds["none"], strict=True)]
        for way in _WAYS
        if way != "none"
    }
    return [
        result(
            "watchers",
            f"{epochs} epochs with 1 and 3 dashboards attached, and with 1 that is stopped (SIGSTOP), over none, in "
            f"turn in one run, {effort.toll_pairs} times; seconds in fit; none: {median(speeds['none']):.0f} epochs/s",
            ", ".join(f"{way}: {spread(found, '.2f')}" for way, found in ratios.items()),
            "≥ 0.97 each",
            met=all(median(found) >= 0.97 for found in ratios.values()),
            **{f"epochs a second, {way}": found for way, found in speeds.items()},
        )
    ]


@contextmanager
def _dashboards(count: int, folder: Path, run: str, *, is_stopped: bool) -> Iterator[None]:
    """So many on that run; they are read meanwhile, or all stand still."""
    over = threading.Event()
    with ExitStack() as stack:
        terminals = [stack.enter_context(Terminal(lstm_tui("attach", run), folder)) for _ in range(count)]
        for terminal in terminals:
            terminal.wait_for("finished")
        readers = [threading.Thread(target=_read, args=(terminal, over)) for terminal in terminals]
        if is_stopped:
            for terminal in terminals:
                os.kill(terminal.pid, signal.SIGSTOP)
        for reader in readers:
            reader.start()
        try:
            yield
        finally:
            over.set()
            for reader in readers:
                reader.join()


def _read(terminal: Terminal, over: threading.Event) -> None:
    while not over.is_set():
        terminal.read_for(_POLL)
