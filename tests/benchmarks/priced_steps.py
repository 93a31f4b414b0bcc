"""A program: trains a model of prices in Lightning, and prints the processor seconds of a step.

Its arguments: the model, days of a window, units, windows of a batch, steps.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import torch
from lightning import Callback

from lstm_engine.forecast.inputs import inputs_of, write_inputs
from lstm_engine.forecast.settings import ForecastSettings
from lstm_engine.price_model import program
from lstm_engine.prices.table import PriceTable
from lstm_engine.script.script_run import CHECKPOINTS, INPUTS

_WARM_UP = 5


class Clock(Callback):
    """Of the training steps alone: validations and checkpoints are between the epochs."""

    def __init__(self) -> None:
        self.began: float | None = None
        self.seconds: list[float] = []

    def on_train_batch_end(self, *_: Any) -> None:
        now = time.process_time()
        if self.began is not None:
            self.seconds.append(now - self.began)
        self.began = now

    def on_train_epoch_end(self, *_: Any) -> None:
        self.began = None


def main(model: Any, days: int, units: int, windows: int, steps: int) -> None:
    """Trains one epoch of so many steps."""
    tickers = 50
    count = days + 10 + (windows * (steps + _WARM_UP)) // tickers
    prices = 100 * np.exp(np.random.default_rng(0).normal(0, 0.01, (count + count // 100 + 2, tickers)).cumsum(axis=0))
    dates = np.busday_offset("1900-01-01", np.arange(len(prices)))
    table = PriceTable("t", tuple(map(str, range(tickers))), dates, prices, "", "wide")
    settings = ForecastSettings(model=model, hidden=units, window=days, batch_size=windows, epochs=1, validate=0.005)
    clock = Clock()
    trainer = program.Trainer
    program.Trainer = lambda **options: trainer(**{**options, "callbacks": [clock, *options["callbacks"]]})  # type: ignore[assignment, misc, attr-defined]
    with tempfile.TemporaryDirectory() as name:
        run = Path(name)
        for folder in (INPUTS, CHECKPOINTS):
            (run / folder).mkdir()
        inputs = inputs_of(settings, table)
        write_inputs(run / INPUTS, inputs)
        torch.set_flush_denormal(True)  # as `program.main` does
        program.fit(run, inputs)
    found = clock.seconds[_WARM_UP : _WARM_UP + steps]
    print(json.dumps(sum(found) / len(found)))


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    main(sys.argv[1], *map(int, sys.argv[2:]))
