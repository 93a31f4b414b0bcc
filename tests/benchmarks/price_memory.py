"""The memory of the engine that trains a model of prices on as many windows as a stock exchange has."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import numpy as np

from lstm_engine.forecast.inputs import inputs_of, write_inputs
from lstm_engine.forecast.settings import ForecastSettings
from lstm_engine.prices.table import PriceTable
from lstm_engine.script.script_environment import RUN
from lstm_engine.script.script_run import CHECKPOINTS, INPUTS
from tests.benchmarks.effort import Effort
from tests.benchmarks.table import Result, result
from tests.benchmarks.terminal import environment

_TICKERS = 500
_WINDOW = 30
_ALLOWED = 1_000_000_000


def price_memory(effort: Effort, folder: Path) -> list[Result]:
    """One epoch, of few units and of some, in the program as a run starts it."""
    days = effort.price_windows // _TICKERS
    results = []
    for units in (1, 8):
        # A day of returns, the window ahead of the first target, and a day that is held out.
        settings = ForecastSettings(
            hidden=units, window=_WINDOW, batch_size=1000, epochs=1, validate=1 / (days + _WINDOW + 2)
        )
        run = folder / str(units)
        windows = _made(run, settings, days + _WINDOW + 2)
        peak = _peak(run)
        results.append(
            result(
                f"memory of windows, H {units}",
                f"largest resident size of the process that trains by hand, one epoch of {windows:,} windows of "
                f"{_WINDOW} days, of {_TICKERS} tickers; {peak / windows:,.0f} bytes a window",
                f"{peak / 1e6:.0f} MB",
                f"≤ {_ALLOWED / 1e9:.0f} GB",
                met=peak <= _ALLOWED,
                peak=peak,
                windows=windows,
            )
        )
    return results


def _made(run: Path, settings: ForecastSettings, days: int) -> int:
    """The folder of a run; how many windows it trains on."""
    walk = np.random.default_rng(0).normal(0, 0.01, (days, _TICKERS))
    dates = np.busday_offset("2000-01-03", np.arange(days), roll="forward")
    tickers = tuple(f"T{number}" for number in range(_TICKERS))
    inputs = inputs_of(settings, PriceTable("walks", tickers, dates, 100 * np.exp(walk.cumsum(axis=0)), "", "wide"))
    for each in (INPUTS, CHECKPOINTS):
        (run / each).mkdir(parents=True)
    write_inputs(run / INPUTS, inputs)
    return inputs.split.training.stop - inputs.split.training.start


def _peak(run: Path) -> int:
    """Trains; bytes."""
    command = [sys.executable, "-W", "ignore", "-m", "lstm_engine.price_model.program"]
    said = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_WRONLY, 0) for number in (1, 2)]
    pid = os.posix_spawn(sys.executable, command, {**environment(), RUN: str(run)}, file_actions=said)
    _, status, usage = os.wait4(pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0, f"the training in {run} has failed"
    return usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
