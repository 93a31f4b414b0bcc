"""A folder of ten thousand runs: listed by the command, and in the dashboard."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from tests.benchmarks.effort import Effort
from tests.benchmarks.live import UNTRAINED
from tests.benchmarks.samples import spread
from tests.benchmarks.table import Result, result
from tests.benchmarks.terminal import Terminal, environment, lstm_tui

#: Ctrl-C: leaves also where the list is open, which q would close.
_LEAVE = "\x03"


def run_list(effort: Effort, folder: Path) -> list[Result]:
    root, count = folder / "checkpoints", effort.listed_runs
    subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.many_runs", str(root), str(count)], capture_output=True, check=True
    )
    as_json, as_table, on_screen = [], [], []
    for _ in range(effort.listings):
        as_json.append(_seconds(lstm_tui("runs", "--json"), folder, b'"run"', count))
        as_table.append(_seconds(lstm_tui("runs"), folder, b"\n", count + 1))
        with Terminal(lstm_tui(), folder) as terminal:
            terminal.wait_for(UNTRAINED)
            before = terminal.size
            pressed = terminal.press("o")
            on_screen.append(terminal.wait_for(f"{count:,} runs", before) - pressed)
            terminal.press(_LEAVE)
            terminal.wait_for_end()
    ways = (as_json, as_table, on_screen)
    return [
        result(
            "run list",
            f"{count:,} runs (generated), {effort.listings} times each: `lstm-tui runs --json` and `lstm-tui runs`, "
            "the whole command; `o` until the rows are on screen; judged by the slowest of the three",
            f"{spread(as_json)} s as JSON, {spread(as_table)} s as a table, {spread(on_screen)} s after o",
            "≤ 1 s",
            met=max(map(median, ways)) <= 1.0,
            as_json=as_json,
            as_table=as_table,
            on_screen=on_screen,
        )
    ]


def _seconds(command: list[str], folder: Path, mark: bytes, expected: int) -> float:
    """How long the command takes that writes so many marks."""
    begun = time.monotonic()
    written = subprocess.run(command, cwd=folder, env=environment(), stdout=subprocess.PIPE, check=True).stdout
    seconds = time.monotonic() - begun
    assert written.count(mark) >= expected, f"{command} lists {written.count(mark)}: expected {expected}"
    return seconds
