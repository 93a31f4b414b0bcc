"""A run of a model of prices, read as it trains."""

from __future__ import annotations

from pathlib import Path

import pytest

from lstm_engine.errors import UserError
from lstm_engine.forecast.inputs import PRICES
from lstm_engine.forecast.predictions import PREDICTIONS
from lstm_engine.script.script_run import INPUTS
from tests.support.untrained_price_runs import predicted, price_run, table_of
from tui.client.logs.outlook_reader import OutlookReader


def test_the_prices_are_read_once_and_the_predictions_again(tmp_path: Path) -> None:
    table = table_of(60)
    run = price_run(tmp_path / "a", table).directory
    reader = OutlookReader(run)
    first = reader.read()
    (run / INPUTS / PRICES).unlink()
    predicted(run, table, epoch=13)
    second = reader.read()
    assert first is not None
    assert second is not None
    assert (first.predictions.epoch, second.predictions.epoch) == (12, 13)
    assert second.table is first.table
    (run / PREDICTIONS).unlink()
    assert reader.read() is None


def test_what_is_damaged_is_named(tmp_path: Path) -> None:
    run = price_run(tmp_path / "a", table_of(60)).directory
    predicted(run, table_of(60, tickers=2))
    with pytest.raises(UserError, match=r"predictions.npz is damaged .*own prices"):
        OutlookReader(run).read()
    (run / PREDICTIONS).write_bytes(b"PK\x03\x04")
    with pytest.raises(UserError, match=r"predictions.npz is damaged"):
        OutlookReader(run).read()
    (run / INPUTS / PRICES).unlink()
    with pytest.raises(UserError, match="cannot be read"):
        OutlookReader(run).read()
