"""The ratio by which a list of runs tells models of prices apart: the verdict's, and live."""

from __future__ import annotations

from pathlib import Path

from lstm_engine.forecast.outlook import read_outlook
from lstm_engine.forecast.predictions import PREDICTIONS
from lstm_engine.listing.entries import entry_of
from lstm_engine.listing.price_ratio import price_ratio
from tests.support.untrained_price_runs import predicted, price_run, table_of


def test_it_is_the_verdict_s_and_follows_better_epochs(tmp_path: Path) -> None:
    run, table = tmp_path / "run", table_of(60)
    price_run(run, table)
    first = price_ratio(str(run))
    assert first == read_outlook(run).verdict.ratio == entry_of(run).ratio
    predicted(run, table, epoch=90)
    assert price_ratio(str(run)) == read_outlook(run).verdict.ratio != first


def test_what_is_not_there_or_damaged_has_none(tmp_path: Path) -> None:
    price_run(tmp_path / "run", table_of(60))
    (tmp_path / "run" / PREDICTIONS).write_bytes(b"PK")
    assert price_ratio(str(tmp_path / "run")) is None
    (tmp_path / "run" / PREDICTIONS).unlink()
    assert price_ratio(str(tmp_path / "run")) is None
    assert entry_of(tmp_path / "run").hidden == 1
