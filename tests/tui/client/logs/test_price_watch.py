"""Whether a run is one of prices, and predicts anew."""

from __future__ import annotations

from pathlib import Path

import msgspec

from lstm_engine.forecast.predictions import PREDICTIONS
from lstm_engine.script.script_run import INPUTS
from lstm_engine.store.script_record import read_script_record, write_script_record
from tests.support.untrained_price_runs import EPOCH, predicted, price_run, table_of
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


def test_of_a_branch_the_best_epoch_is_told_whenever_it_was(tmp_path: Path) -> None:
    run, table = tmp_path / "a", table_of(60)
    price_run(run, table)
    alone = PriceWatch(run).new()
    assert alone is not None
    assert alone.best is None
    write_script_record(run, msgspec.structs.replace(read_script_record(run), parent="b", parent_epoch=20))
    watch = PriceWatch(run)
    first = watch.new()
    assert first is not None
    assert first.best == (EPOCH, 1 / EPOCH)
    predicted(run, table, epoch=25)
    second = watch.new()
    assert second is not None
    assert second.best == (25, 1 / 25)
    (run / PREDICTIONS).write_bytes(b"PK")
    damaged = watch.new()
    assert damaged is not None
    assert damaged.best is None
