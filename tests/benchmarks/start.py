"""From the command line to the first frame, to ready, and back to the shell."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from lstm_engine.store import directory as runs
from tests.benchmarks.effort import Effort
from tests.benchmarks.keys import HELP, LOG_SCALE, Answer, Press, answers, close_help, keys_result, press_all
from tests.benchmarks.live import FOR_EVER, UNTRAINED
from tests.benchmarks.samples import spread
from tests.benchmarks.table import Result, result
from tests.benchmarks.terminal import PATIENCE, Terminal, TooLateError, environment, lstm_tui

_TITLE = "lstm-tui"
#: Ctrl-C: leaves also where a page is open, which q would close.
_LEAVE = "\x03"
#: Once it is on screen, all panels are.
_PANEL = "train loss"
#: Seconds between two looks for them.
_LOOK_EVERY = 0.02


def first_frame(effort: Effort, folder: Path) -> list[Result]:
    waits = []
    for _ in range(effort.starts + 1):  # the first one warms the disk's cache
        with Terminal(lstm_tui(), folder) as terminal:
            waits.append(terminal.wait_for(_TITLE) - terminal.begun)
            terminal.press("q")
            terminal.wait_for_end()
    return [
        result(
            "first frame",
            f"`lstm-tui` in a pty until text is on screen, {effort.starts} starts on a warm disk; median",
            f"{spread(waits[1:])} s",
            "≤ 0.35 s",
            met=median(waits[1:]) <= 0.35,
            waits=waits[1:],
        )
    ]


def ready(effort: Effort, folder: Path) -> list[Result]:
    waits, imports = [], []
    for _ in range(effort.ready_pairs):
        begun = time.monotonic()
        subprocess.run([sys.executable, "-c", "import lightning"], cwd=folder, env=environment(), check=True)
        imports.append(time.monotonic() - begun)
        with Terminal(lstm_tui(), folder) as terminal:
            waits.append(terminal.wait_for(UNTRAINED) - terminal.begun)
            terminal.press("q")
            terminal.wait_for_end()
    ratios = [wait / alone for wait, alone in zip(waits, imports, strict=True)]
    return [
        result(
            "ready",
            f"until the untrained predictions are on screen, over `python -c 'import lightning'`, {len(ratios)} pairs "
            f"in turn: {median(waits):.2f} against {median(imports):.2f} s",
            f"{spread(ratios)}×",
            "≤ 1.10×",
            met=median(ratios) <= 1.10,
            ratios=ratios,
            waits=waits,
            imports=imports,
        )
    ]


def keys_while_loading(effort: Effort, folder: Path) -> list[Result]:
    """Presses while PyTorch loads: one at the first frame, then others from the moment that the panels are there."""
    found: list[Answer] = []
    early: list[Answer] = []
    for _ in range(effort.loading_starts):
        with Terminal(lstm_tui(), folder) as terminal:
            terminal.wait_for(_TITLE)
            first = press_all(terminal, (HELP,), 1, (0.0, 0.0))
            _wait_for_panels(terminal)
            presses: list[Press] = []
            while UNTRAINED.encode() not in terminal.received and len(presses) < effort.presses:
                presses += press_all(terminal, (LOG_SCALE,), 2, (0.06, 0.12))
            terminal.read_for(0.2)
            terminal.press(_LEAVE)
            terminal.wait_for_end()
        early += answers(terminal.chunks, first)
        found += answers(terminal.chunks, presses)
    lost = sum(answer.seconds is None for answer in early)
    how = (
        f"during the engine's import, from when the panels are there, {effort.loading_starts} starts; of the presses "
        f"right at the first frame, {lost} of {len(early)} did nothing"
    )
    return [keys_result("keys while loading", how, found, 0.020)]


def _wait_for_panels(terminal: Terminal) -> None:
    """Until they are on screen, and the page of help that was asked for has come over them and gone again.

    Raises:
        TooLateError: that took too long.
    """
    end = terminal.now() + PATIENCE
    while (
        not terminal.screen().shows(HELP.text) and terminal.now() < end
    ):  # it waits for the panels, and comes over them
        terminal.read_for(_LOOK_EVERY)
    close_help(terminal)
    while not terminal.screen().shows(_PANEL):
        if terminal.now() > end:
            raise TooLateError(f"waited {PATIENCE:g} s for the panels; the screen shows\n{terminal.screen()}")
        terminal.read_for(_LOOK_EVERY)


def quitting(effort: Effort, folder: Path) -> list[Result]:
    waits, saved = [], 0
    choose = random.Random(effort.quits)
    for number in range(effort.quits):
        place = folder / f"quitting-{number}"
        place.mkdir()
        with Terminal(lstm_tui("--start", "--epochs", FOR_EVER), place) as terminal:
            terminal.wait_for("training")
            terminal.read_for(choose.uniform(0.5, 1.8))
            pressed = terminal.press("q")
            waits.append(terminal.wait_for_end() - pressed)
        saved += _is_saved(place)
    return [
        result(
            "quitting",
            f"`q` until the process has ended, mid-training, {effort.quits} times at random instants, judged by the "
            "worst; saved: its summary says so and its newest checkpoint is there",
            f"{spread(waits)} s, {saved} of {len(waits)} saved",
            "≤ 0.3 s, saved",
            met=max(waits) <= 0.3 and saved == len(waits),
            waits=waits,
            saved=saved,
        )
    ]


def _is_saved(place: Path) -> bool:
    (directory,) = (place / "checkpoints").iterdir()
    summary = runs.read_summary(directory)
    return (
        summary is not None
        and summary.state == "paused"
        and summary.epoch > 0
        and any(directory.glob(f"epoch={summary.epoch - 1}-step=*.ckpt"))
    )
