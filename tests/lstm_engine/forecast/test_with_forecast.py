"""A forecast from newer prices, by the program that is asked for it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lstm_engine.errors import UserError
from lstm_engine.forecast.outlook import read_outlook
from lstm_engine.forecast.with_forecast import with_forecast
from lstm_engine.prices.table import PriceTable
from lstm_engine.script.script_run import CHECKPOINTS
from lstm_engine.script.vocabulary.events import EVENTS
from tests.support.price_runs import made_run, small_inputs, trained, weekdays


def test_it_goes_on_from_the_newer_prices(tmp_path: Path, monkeypatch: Any) -> None:
    inputs = small_inputs(epochs=1)
    run = made_run(tmp_path, inputs)
    trained(monkeypatch, run, inputs)
    outlook = read_outlook(run)
    same = with_forecast(run, outlook, outlook.table, 1)
    np.testing.assert_array_equal(same.predictions.ahead, outlook.predictions.ahead)
    assert same.newer is None
    found = with_forecast(run, outlook, weekdays(70), 2)
    assert found.predictions.ahead.shape == (2, 2)
    assert found.dates_ahead[0] > outlook.dates_ahead[0]
    assert found.verdict == outlook.verdict
    with pytest.raises(UserError, match=r"walks\.csv has the tickers X, Y: expected A, B"):
        with_forecast(run, outlook, weekdays(70, ("X", "Y")), 1)
    with pytest.raises(UserError, match="has 6 dates: expected 8 or more"):
        with_forecast(run, outlook, weekdays(6), 1)
    gone = replace(outlook, predictions=replace(outlook.predictions, epoch=9))
    with pytest.raises(UserError, match="run run has no checkpoint of its best epoch, 9"):
        with_forecast(run, gone, weekdays(70), 1)


def test_one_ticker_may_be_called_otherwise(tmp_path: Path) -> None:
    inputs = small_inputs()
    table = inputs.table
    one = PriceTable("GOOG.csv", ("GOOG",), table.dates, table.prices[:, :1], "Close", "ohlcv")
    run = made_run(tmp_path, inputs)
    outlook: Any = type("Outlook", (), {"table": one, "inputs": inputs, "predictions": type("P", (), {"epoch": 1})})
    newer = PriceTable("GOOG-2025.csv", ("GOOG-2025",), table.dates, table.prices[:, :1], "Close", "ohlcv")
    with pytest.raises(UserError, match="has no checkpoint of its best epoch"):
        with_forecast(run, outlook, newer, 1)


def test_the_checkpoint_of_epoch_2_is_not_that_of_epoch_11(tmp_path: Path, monkeypatch: Any) -> None:
    inputs = small_inputs(epochs=1)
    run = made_run(tmp_path, inputs)
    trained(monkeypatch, run, inputs)
    outlook = read_outlook(run)
    best, other = (run / CHECKPOINTS / f"best-epoch={number}.ckpt" for number in (0, 10))
    best.rename(other)
    events = run / EVENTS
    events.write_text(events.read_text().replace(best.name, other.name))
    outlook = replace(outlook, predictions=replace(outlook.predictions, epoch=2))
    with pytest.raises(UserError, match=r"has no checkpoint of its best epoch, 2:"):
        with_forecast(run, outlook, outlook.table, 1)
