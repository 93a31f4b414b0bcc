"""What `lstm-tui train` says of a model of prices."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any, TextIO

import msgspec

from lstm_engine.errors import UserError
from lstm_engine.forecast.outlook import Outlook, is_price_run, read_outlook
from lstm_engine.script.last_progress import last_progress
from lstm_engine.script.progress import Progress
from lstm_engine.script.vocabulary.events import Event
from lstm_engine.text import escaped_json, printable
from tui.cli.exit_status import DONE
from tui.cli.prices.verdict_lines import forecast_lines, verdict_lines
from tui.cli.standard_streams import say


class JsonOutput:
    """Every event as one JSON object a line, as in the run's file, and a last one with the verdict."""

    def __init__(self, run: Path, stream: TextIO) -> None:
        self._run = run
        self._stream = stream
        self._progress = Progress()

    def show(self, event: Event, progress: Progress) -> None:
        self._progress = progress
        self._write(msgspec.json.encode(event))

    def say(self, sentence: str) -> None:
        """On standard error: what is no event is none here."""
        say(sentence)

    def conclude(self, status: int) -> None:
        """The last line of a training that came to its end. Raises OSError."""
        if status != DONE or self._progress.state == "paused":
            return
        outlook = _outlook(self._run)
        told = {
            "type": "run_finished",
            "run": self._run.name,
            "directory": str(self._run),
            "epoch": self._progress.epoch,
            "train_loss": _number(self._progress.loss),
            "validation": None if outlook is None else validation(outlook),
        }
        self._write(msgspec.json.encode(told))

    def _write(self, line: bytes) -> None:
        self._stream.write(escaped_json(line.decode()) + "\n")
        self._stream.flush()


def validation(outlook: Outlook) -> dict[str, Any]:
    """The verdict as JSON has it: errors in price units; None for what there is not, or what is no finite number."""
    found, direction = outlook.verdict, outlook.verdict.direction
    numbers = {
        "loss": outlook.predictions.loss,
        "mae": found.model.mae,
        "rmse": found.model.rmse,
        "naive_mae": found.naive.mae,
        "ratio": found.ratio,
        "seasonal_ratio": found.seasonal_ratio,
        "direction": None if direction is None else direction.right,
        "base_rate": None if direction is None else direction.base_rate,
    }
    return {**{name: _number(value) for name, value in numbers.items()}, "n": found.n} | {
        "best_epoch": outlook.predictions.epoch
    }


def conclude(run: Path, status: int, stream: TextIO) -> None:
    """The verdict and the forecast as lines, where a model of prices came to an end. Raises OSError."""
    if status != DONE or not is_price_run(run):
        return
    outlook = _outlook(run)
    if outlook is not None:
        progress = last_progress(run)
        of = f" of {progress.target}" if progress.target else ""
        so_far = [f"of the epochs so far, {progress.epoch}{of}:"] if progress.left_state == "paused" else []
        lines = [*so_far, *verdict_lines(outlook), *forecast_lines(outlook)]
        stream.writelines(f"{printable(line)}\n" for line in lines)
        stream.flush()


def _outlook(run: Path) -> Outlook | None:
    try:
        return read_outlook(run)
    except UserError as error:
        say(str(error))
        return None


def _number(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None
