"""A run of a million epochs: until its curve is on screen, and how it zooms and scrolls."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from tests.benchmarks.effort import Effort
from tests.benchmarks.replay import first_seen
from tests.benchmarks.samples import percentile, spread
from tests.benchmarks.screen import Screen
from tests.benchmarks.table import Result, result
from tests.benchmarks.terminal import PATIENCE, Terminal, TooLateError, lstm_tui

#: Zoom in, look back, zoom further in, look on, back out.
_KEYS = ["+"] * 5 + ["\x1b[D"] * 20 + ["+"] * 4 + ["\x1b[C"] * 20 + ["-"] * 9
#: No frame takes that long to be written once it has begun.
_PAUSE = 0.04
_QUIET = 0.4
#: Where the chart of the loss is, and how much of a curve there is to see before it counts.
_LINES, _COLUMNS, _CELLS = slice(2, 22), slice(0, 98), 30


def opening(effort: Effort, folder: Path) -> list[Result]:
    root = folder / "checkpoints"
    written = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.long_run", str(root), str(effort.long_history)],
        capture_output=True,
        check=True,
        text=True,
    )
    run = written.stdout.split()[-1]
    waits, keys = [], list[float]()
    for _ in range(effort.openings):
        with Terminal(lstm_tui("resume", run), folder) as terminal:
            terminal.wait_for(f"{effort.long_history} / {effort.long_history}")
            _read_until_quiet(terminal, _QUIET)
            waited = 0.0
            while not _shows_a_curve(terminal.screen()) and (waited := waited + _QUIET) < PATIENCE:
                _read_until_quiet(terminal, _QUIET)
            drawn = first_seen(terminal.chunks, _shows_a_curve)
            if drawn is None:
                raise TooLateError(f"waited {PATIENCE:g} s for a curve; the screen shows\n{terminal.screen()}")
            waits.append(drawn - terminal.begun)
            keys += _time_keys(terminal, _KEYS[: effort.presses])
            terminal.press("q")
            terminal.wait_for_end()
    length = f"{effort.long_history:,} epochs"
    return [_opening(length, waits), _zooming(length, keys)]


def _opening(length: str, waits: list[float]) -> Result:
    return result(
        "opening a long run",
        f"`lstm-tui resume` of {length} (generated) until its curve is on screen, {len(waits)} times",
        f"{spread(waits)} s",
        "≤ 2 s",
        met=median(waits) <= 2.0,
        waits=waits,
    )


def _zooming(length: str, keys: list[float]) -> Result:
    return result(
        "zoom and scroll",
        f"on {length}: from a press of + − ← → until the last byte of what it changes, {len(keys)} presses; at 10 "
        "frames/s there is a tenth of a second",
        f"{median(keys) * 1000:.0f} ms, p99 {percentile(keys, 99) * 1000:.0f} ms" if keys else "no change seen",
        "≤ 100 ms",
        met=bool(keys) and percentile(keys, 99) <= 0.1,
        waits=keys,
    )


def _time_keys(terminal: Terminal, keys: Sequence[str]) -> list[float]:
    """Seconds until each of the keys had changed all it changes; without those that change nothing."""
    waits = []
    for key in keys:
        first = len(terminal.chunks)
        at = terminal.press(key)
        _read_until_quiet(terminal, _PAUSE)
        if len(terminal.chunks) > first:
            waits.append(terminal.chunks[-1].at - at)
    return waits


def _read_until_quiet(terminal: Terminal, seconds: float) -> None:
    """Until nothing has come for that long."""
    while terminal.read_for(seconds):
        pass


def _shows_a_curve(screen: Screen) -> bool:
    text = "".join(line[_COLUMNS] for line in screen.lines[_LINES])
    return sum("\u2801" <= cell <= "\u28ff" for cell in text) >= _CELLS
