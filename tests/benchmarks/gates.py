"""The gates of a screenful of columns, computed again from a long history's parameters."""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median

import numpy as np

from lstm_engine.lstm.parameters import ModelName
from lstm_engine.lstm.trace import trace
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns, History
from tests.benchmarks.effort import Effort
from tests.benchmarks.histories import made_up
from tests.benchmarks.screen import COLUMNS
from tests.benchmarks.table import Result, result

_MODELS: tuple[ModelName, ...] = ("by-hand", "nn-lstm")


def gates(effort: Effort, _folder: Path) -> list[Result]:
    """From the history in memory to every gate of both companies, an epoch a column."""
    taken = {model: _times(model, effort.long_history, effort.frames) for model in _MODELS}
    middle = {model: median(times) for model, times in taken.items()}
    return [
        result(
            "gates",
            f"every gate on every day of both companies at {COLUMNS} epochs spread over {effort.long_history:,} "
            f"(generated), {effort.frames} times; the slower model counts",
            ", ".join(f"{model} {seconds * 1000:.2f} ms" for model, seconds in middle.items()),
            "≤ 20 ms",
            met=max(middle.values()) <= 0.02,
            by_hand=taken["by-hand"],
            nn_lstm=taken["nn-lstm"],
        )
    ]


def _times(model: ModelName, length: int, rounds: int) -> list[float]:
    config = RunConfig(model=model)
    columns = Columns.of(config)
    history = History.from_rows(columns, made_up(columns, length))
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        epochs = np.linspace(0, history.last_epoch, COLUMNS).astype(np.int64)
        values = history.rows[epochs, 1 + len(columns.companies) :]
        for days in config.data.days:
            trace(model, values, days)
        times.append(time.perf_counter() - begun)
    return times
