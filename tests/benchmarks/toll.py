"""What the dashboard costs the training that it watches."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from lstm_engine.protocol.messages import AddEpochs, NewRun
from lstm_engine.run.config import RunConfig
from lstm_engine.store import directory as runs
from tests.benchmarks.effort import Effort
from tests.benchmarks.engine import Engine
from tests.benchmarks.live import UNTRAINED
from tests.benchmarks.samples import spread
from tests.benchmarks.table import Result, result
from tests.benchmarks.terminal import PATIENCE, Terminal, TooLateError, lstm_tui

_POLL = 0.05


def toll(effort: Effort, folder: Path) -> list[Result]:
    """One run on a dashboard and one without a screen take turns; the one whose turn it is not stands still."""
    speeds: dict[str, list[float]] = {"headless": [], "watched": []}
    with Engine(folder / "headless") as engine, Terminal(lstm_tui("--checkpoints", "watched"), folder) as terminal:
        engine.send(NewRun(config=RunConfig()))
        terminal.wait_for(UNTRAINED)
        trained = {"headless": 0.0, "watched": 0.0}
        for number in range(effort.toll_pairs + 1):
            epochs = effort.toll_epochs
            finished, _ = engine.trained(AddEpochs(epochs=epochs))
            totals = {"headless": finished.seconds}
            totals["watched"] = _train_watched(terminal, folder / "watched", epochs, (number + 1) * epochs)
            for way, total in totals.items():
                if number:  # the first turn warms up
                    speeds[way].append(epochs / (total - trained[way]))
                trained[way] = total
        terminal.press("q")
        terminal.wait_for_end()
    ratios = [watched / headless for watched, headless in zip(speeds["watched"], speeds["headless"], strict=True)]
    return [
        result(
            "the dashboard's toll",
            f"{effort.toll_epochs} epochs in an engine with the dashboard at 10 frames/s on 160×48 over an engine "
            f"without a screen, {len(ratios)} pairs in turn; seconds in fit; {median(speeds['watched']):.0f} against "
            f"{median(speeds['headless']):.0f} epochs/s",
            spread(ratios, ".2f"),
            "≥ 0.95",
            met=median(ratios) >= 0.95,
            ratios=ratios,
            **speeds,
        )
    ]


def _train_watched(terminal: Terminal, root: Path, epochs: int, target: int) -> float:
    """Seconds in fit so far, once the run is at `target`."""
    since = terminal.size
    terminal.press("a")
    terminal.wait_for("How many epochs", since)
    terminal.press(f"{epochs}\r")
    return _read_until(terminal, lambda: _finished_after(root, target))


def _finished_after(root: Path, target: int) -> float | None:
    """Seconds that the one run under `root` was trained, once it has finished at `target`; None before."""
    summaries = [runs.read_summary(directory) for directory in root.glob("*/")]
    return next((one.seconds for one in summaries if one and (one.state, one.epoch) == ("finished", target)), None)


def _read_until(terminal: Terminal, answer: Callable[[], float | None]) -> float:
    """Reads without looking, so as not to disturb, until there is an answer."""
    end = time.monotonic() + 2 * PATIENCE
    while time.monotonic() < end:
        terminal.read_for(_POLL)
        if (value := answer()) is not None:
            return value
    raise TooLateError(f"training took too long; the screen shows\n{terminal.screen()}")
