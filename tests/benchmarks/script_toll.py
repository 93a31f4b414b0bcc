"""What the hook, a board and its layers cost the script that they watch."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from statistics import median

from tests.benchmarks import stepped_script
from tests.benchmarks.effort import Effort
from tests.benchmarks.samples import spread
from tests.benchmarks.table import Result, result
from tests.benchmarks.terminal import PATIENCE, Terminal, TooLateError, environment, lstm_tui

#: By the name of the step: the network's width, how many of the effort's steps, and what is allowed.
_STEPS = {"10 ms": (896, 0.2, 1.02), "1.5 ms": (64, 1.0, 1.05)}
_SCRIPT = str(Path(stepped_script.__file__))
_POLL = 0.1
_LAYERS = "w"


def script_toll(effort: Effort, folder: Path) -> list[Result]:
    """A script alone and one under a board with its layers open take turns."""
    results = []
    for name, (width, share, allowed) in _STEPS.items():
        steps = int(share * effort.script_steps)
        alone, watched = [], []
        for number in range(effort.script_pairs):
            alone.append(_alone(folder, width, steps, f"{width}-alone-{number}"))
            watched.append(_watched(folder, width, steps, f"{width}-watched-{number}"))
        ratios = [one / other for one, other in zip(watched, alone, strict=True)]
        measured = (1 - stepped_script.WARM_UP) * steps
        results.append(
            result(
                f"script's toll, {name}",
                f"processor seconds of {measured:.0f} steps of a script under `lstm-tui run`, a board on 160×48 and "
                f"its layers open, over `python`; {len(ratios)} pairs in turn; a step alone: "
                f"{1000 * median(alone) / measured:.2f} ms",
                spread(ratios, ".3f"),
                f"≤ {allowed}",
                met=median(ratios) <= allowed,
                ratios=ratios,
                alone=alone,
                watched=watched,
            )
        )
    return results


def _alone(folder: Path, width: int, steps: int, name: str) -> float:
    command = [sys.executable, _SCRIPT, str(width), str(steps), str(folder / name)]
    subprocess.run(command, check=True, capture_output=True, cwd=folder, env=environment())
    return float((folder / name).read_text())


def _watched(folder: Path, width: int, steps: int, name: str) -> float:
    command = lstm_tui("run", "--checkpoints", "runs", "--name", name, "--", sys.executable, _SCRIPT)
    with Terminal([*command, str(width), str(steps), str(folder / name)], folder) as terminal:
        terminal.wait_for("layers")  # in the bottom line of keys
        terminal.press(_LAYERS)
        waited = 0.0
        while not (folder / name).exists():
            terminal.read_for(_POLL)
            waited += _POLL
            if waited > 4 * PATIENCE:
                raise TooLateError(f"the script took too long; the screen shows\n{terminal.screen()}")
        terminal.press("q")
        terminal.wait_for_end()
    return float((folder / name).read_text())
