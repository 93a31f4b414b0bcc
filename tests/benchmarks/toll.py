"""What the dashboard costs the training that it watches."""

from __future__ import annotations

import subprocess
from pathlib import Path
from statistics import median

from lstm_engine import runs
from tests.benchmarks.effort import Effort
from tests.benchmarks.samples import spread
from tests.benchmarks.table import Result, result
from tests.benchmarks.terminal import Terminal, environment, lstm_tui


def toll(effort: Effort, folder: Path) -> list[Result]:
    """The same training with the dashboard on screen and without one, in turn."""
    headless, watched = [], []
    epochs = str(effort.toll_epochs)
    for number in range(effort.toll_pairs):
        places = [folder / f"toll-{number}-{way}" for way in ("headless", "watched")]
        for place in places:
            place.mkdir()
        _train_headless(epochs, places[0])
        _train_watched(epochs, places[1])
        headless.append(effort.toll_epochs / _seconds_of(places[0]))
        watched.append(effort.toll_epochs / _seconds_of(places[1]))
    ratios = [with_it / without for with_it, without in zip(watched, headless, strict=True)]
    return [
        result(
            "the dashboard's toll",
            f"{epochs} epochs with the dashboard at 10 frames/s on 160×48 over `lstm-tui train`, {len(ratios)} pairs "
            f"in turn; seconds in fit; {median(watched):.0f} against {median(headless):.0f} epochs/s",
            spread(ratios, ".2f"),
            "≥ 0.95",
            met=median(ratios) >= 0.95,
            ratios=ratios,
            headless=headless,
            watched=watched,
        )
    ]


def _train_headless(epochs: str, place: Path) -> None:
    subprocess.run(
        lstm_tui("train", "--json", "--epochs", epochs),
        cwd=place,
        env=environment(),
        stdout=subprocess.DEVNULL,
        check=True,
    )


def _train_watched(epochs: str, place: Path) -> None:
    with Terminal(lstm_tui("--start", "--epochs", epochs), place) as terminal:
        terminal.wait_for("finished")
        terminal.press("q")
        terminal.wait_for_end()


def _seconds_of(place: Path) -> float:
    """How long the one run in `place` was trained."""
    (directory,) = (place / "checkpoints").iterdir()
    summary = runs.read_summary(directory)
    if summary is None or summary.state != "finished":
        raise RuntimeError(f"{directory} was not trained to its end")
    return summary.seconds
