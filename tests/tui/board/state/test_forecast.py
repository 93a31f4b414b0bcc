"""What a model of prices has come to, by ticker."""

from __future__ import annotations

from pathlib import Path

import pytest

from lstm_engine.prices.verdict import verdict
from tests.support.untrained_price_runs import price_run, table_of
from tui.board.state import forecast as module
from tui.board.state.forecast import Forecast
from tui.client.logs.outlook_reader import OutlookReader


def test_a_ticker_has_figures_of_its_own_worked_out_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = price_run(tmp_path / "a", table_of(100, tickers=3))
    outlook = OutlookReader(files.directory).read()
    assert outlook is not None
    found = Forecast(files, outlook)
    figures = found.figures(1)
    prices, held_out = outlook.table.prices[:, 1:2], outlook.predictions.held_out[:, 1:2]
    assert figures.verdict == verdict(held_out, prices)
    assert figures.verdict != outlook.verdict
    assert figures.last == prices[-1, 0]
    assert figures.ahead == tuple(outlook.predictions.ahead[:, 1])
    monkeypatch.setattr(module, "verdict", None)
    assert found.figures(1) is figures
