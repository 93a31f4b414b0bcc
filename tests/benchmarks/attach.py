"""From `lstm-tui attach` to live figures, on a run that trains on meanwhile."""

from __future__ import annotations

from pathlib import Path
from statistics import median

from lstm_engine.listing.entries import entries
from tests.benchmarks.effort import Effort
from tests.benchmarks.replay import first_seen
from tests.benchmarks.samples import spread
from tests.benchmarks.table import Result, result
from tests.benchmarks.terminal import Terminal, TooLateError, lstm_tui
from tests.support.left_running import left_running

#: Seconds in which the frame with the figures is drawn, once the screen says that it trains.
_SOON = 0.4


def attach(effort: Effort, folder: Path) -> list[Result]:
    root = folder / "checkpoints"
    with left_running(root):
        waits = [_attached(folder, root) for _ in range(effort.attaches + 1)][1:]  # the first warms the disk's cache
    return [
        result(
            "attach",
            f"`lstm-tui attach` in a pty until an epoch is on screen that was not saved before, {len(waits)} times on "
            "one run at full speed; median",
            f"{spread(waits)} s",
            "≤ 0.6 s",
            met=median(waits) <= 0.6,
            waits=waits,
        )
    ]


def _attached(folder: Path, root: Path) -> float:
    """Seconds to live figures."""
    (run,) = entries(root)
    with Terminal(lstm_tui("attach"), folder) as terminal:
        terminal.wait_for("training")
        terminal.read_for(_SOON)
        live = first_seen(terminal.chunks, lambda screen: screen.epoch() > run.epoch)
        if live is None:
            raise TooLateError(f"no epoch after {run.epoch}; the screen shows\n{terminal.screen()}")
        terminal.press("D")
        terminal.wait_for_end()
    return live - terminal.begun
