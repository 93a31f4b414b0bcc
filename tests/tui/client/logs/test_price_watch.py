"""Whether a run is one of prices, and predicts anew."""

from __future__ import annotations

from pathlib import Path

from lstm_engine.forecast.predictions import PREDICTIONS
from lstm_engine.script.script_run import INPUTS
from tests.support.untrained_price_runs import predicted, price_run, table_of
from tui.client.logs.price_watch import PriceWatch


def test_of_another_run_nothing_is_told(tmp_path: Path) -> None:
    watch = PriceWatch(tmp_path)
    assert watch.new() is None
    (tmp_path / INPUTS).mkdir()
    found = watch.new()
    assert found is not None
    assert (found.directory, found.mark) == (tmp_path, None)
    assert watch.new() is None


def test_it_is_told_each_time_that_the_predictions_are_others(tmp_path: Path) -> None:
    table = table_of(60)
    price_run(tmp_path / "a", table)
    watch = PriceWatch(tmp_path / "a")
    first = watch.new()
    assert first is not None
    assert first.mark is not None
    assert watch.new() is None
    predicted(tmp_path / "a", table, epoch=13)
    second = watch.new()
    assert second is not None
    assert second.mark != first.mark
    (tmp_path / "a" / PREDICTIONS).unlink()
    gone = watch.new()
    assert gone is not None
    assert gone.mark is None
