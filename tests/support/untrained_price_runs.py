"""Folders of runs of a model of prices as its training leaves them, without one: prices, predictions, a record."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from lstm_engine.forecast.inputs import inputs_of, write_inputs
from lstm_engine.forecast.predictions import Predictions, write_predictions
from lstm_engine.forecast.settings import ForecastSettings
from lstm_engine.prices.table import PriceTable
from lstm_engine.script.script_run import INPUTS
from lstm_engine.store.script_record import ScriptRecord, write_script_record
from tui.state.told import PriceFiles

#: What the tickers' predictions are: each day's price is predicted as the day before's, and a little.
EPOCH = 12


def table_of(days: int = 300, tickers: int = 1, first: str = "2024-01-01") -> PriceTable:
    """Prices on weekdays that wander, the same ones every time; tickers T000, T001, ..."""
    random = np.random.default_rng(7)
    moves = random.normal(0.0005, 0.01, (days, tickers))
    dates = np.busday_offset(np.datetime64(first, "D"), np.arange(days), roll="forward")
    names = tuple(f"T{number:03}" for number in range(tickers))
    return PriceTable("prices.csv", names, dates, 100 * np.exp(moves.cumsum(axis=0)), "", "wide")


def price_run(directory: Path, table: PriceTable, horizon: int = 5) -> PriceFiles:
    """A run in `directory`, which is made, with predictions of the last fifth of the days."""
    (directory / INPUTS).mkdir(parents=True)
    record = ScriptRecord(created="2026-01-02T12:00:00+00:00", argv=("python",), title="prices.csv", directory="/")
    write_script_record(directory, record)
    write_inputs(directory / INPUTS, inputs_of(ForecastSettings(window=10, horizon=horizon), table))
    return predicted(directory, table, horizon)


def predicted(directory: Path, table: PriceTable, horizon: int = 5, epoch: int = EPOCH) -> PriceFiles:
    """Predictions of that epoch in place of what is there: the day before's prices, and a thousandth per epoch."""
    held_out = max(1, round(0.2 * len(table.dates)))
    naive = table.prices[-held_out - 1 : -1] * (1 + epoch / 10_000)
    ahead = table.prices[-1] * np.linspace(1.002, 1.01, horizon)[:, None]
    write_predictions(directory, Predictions(epoch, 1 / epoch, naive, ahead))
    return PriceFiles(directory, (epoch,))
