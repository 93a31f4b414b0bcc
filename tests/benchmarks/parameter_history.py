"""What it costs to keep the parameters of every epoch, as a share of the epoch."""

from __future__ import annotations

import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from lstm_engine.forecast.inputs import inputs_of
from lstm_engine.forecast.settings import ForecastSettings
from lstm_engine.price_model.epoch_weights import EpochWeights
from lstm_engine.price_model.forecaster import Forecaster
from lstm_engine.prices.table import PriceTable
from tests.benchmarks.effort import Effort
from tests.benchmarks.price_models import seconds_a_step
from tests.benchmarks.table import Result, result

_DAYS, _UNITS, _WINDOWS = 30, 512, 64
#: Steps of an epoch: the 6,400 windows of some 13 tickers over two years.
_STEPS = 100
_ALLOWED = 0.02


def parameter_history(effort: Effort, folder: Path) -> list[Result]:
    """Of so many parameters that the file is over its budget every few epochs."""
    seconds = _seconds_an_epoch(folder, effort.kept_epochs)
    step = seconds_a_step(folder, "by-hand", _DAYS, _UNITS, _WINDOWS, effort.kept_epochs // 4)
    share = seconds / (step * _STEPS)
    return [
        result(
            f"history of parameters, H {_UNITS}",
            f"processor seconds of keeping the parameters, mean of {effort.kept_epochs} epochs, "
            f"{1000 * seconds:.1f} ms, over those of an epoch of {_STEPS} steps of T {_DAYS} B {_WINDOWS} by hand, "
            f"{1000 * step:.0f} ms each",
            f"{share:.2%}",
            f"≤ {_ALLOWED:.0%}",
            met=share <= _ALLOWED,
            history=seconds,
            step=step,
        )
    ]


def _seconds_an_epoch(folder: Path, epochs: int) -> float:
    prices = 100 + np.arange(_DAYS + 10.0)[:, None]
    table = PriceTable("t", ("A",), np.busday_offset("2024-01-01", np.arange(len(prices))), prices, "", "wide")
    model = Forecaster(inputs_of(ForecastSettings(hidden=_UNITS, window=_DAYS), table))
    trainer: Any = SimpleNamespace(current_epoch=0, callback_metrics={"val_loss": 1.0})
    history = EpochWeights(folder)
    history.on_train_start(trainer, model)
    begun = time.process_time()
    for trainer.current_epoch in range(epochs):
        history.on_train_epoch_end(trainer, model)
    taken = time.process_time() - begun
    history.on_train_end()
    return taken / epochs
