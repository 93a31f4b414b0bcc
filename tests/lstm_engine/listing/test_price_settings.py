from __future__ import annotations

from pathlib import Path

import pytest

from lstm_engine.forecast.inputs import SETTINGS
from lstm_engine.forecast.settings import ForecastSettings
from lstm_engine.listing.entries import entry_of
from lstm_engine.listing.price_settings import price_settings, settings_by_option
from lstm_engine.script.script_run import INPUTS
from tests.support.untrained_price_runs import price_run, table_of


@pytest.fixture
def run(tmp_path: Path) -> Path:
    price_run(tmp_path / "run", table_of(60))
    return tmp_path / "run"


def test_a_model_of_prices_is_listed_with_its_settings(run: Path) -> None:
    entry = entry_of(run)
    assert (entry.kind, entry.model, entry.hidden, entry.data) == ("lightning", "by-hand", 1, "prices.csv")
    assert (entry.seed, entry.lr, entry.batch_size) == (42, 0.001, 64)


@pytest.mark.parametrize("text", ["", "{", '{"hidden": "many"}', None])
def test_what_cannot_be_read_is_listed_without_them(run: Path, text: str | None) -> None:
    path = run / INPUTS / SETTINGS
    path.unlink() if text is None else path.write_text(text)
    assert price_settings(str(run)) is None
    assert (entry_of(run).state, entry_of(run).seed, entry_of(run).hidden) == ("stopped", None, None)


def test_settings_bear_the_names_of_their_options() -> None:
    found = settings_by_option(ForecastSettings(batch_size=16, schedule="cosine", patience=3))
    assert (found["batch-size"], found["lr-schedule"], found["lr-epochs"]) == (16, "cosine", "none")
    assert (found["patience"], found["clip"], found["window"]) == (3, "none", 30)
