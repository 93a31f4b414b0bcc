"""The series that come along are read, and say where they are from; models of them come to what is honest."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from lstm_engine.forecast.inputs import inputs_of
from lstm_engine.forecast.outlook import read_outlook
from lstm_engine.forecast.settings import ForecastSettings
from lstm_engine.prices.reading.price_reader import read_prices
from lstm_engine.prices.series.shipped_series import NAMES, shipped_series
from lstm_engine.prices.table import PriceTable
from tests.support.price_runs import made_run, trained


def table(name: str) -> PriceTable:
    path = shipped_series(name)
    assert path is not None
    found = read_prices(path).data
    assert isinstance(found, PriceTable)
    return found


def test_every_one_is_there_and_says_where_it_is_from() -> None:
    assert {path.stem for path in Path(str(shipped_series("sunspots"))).parent.glob("*.csv")} == set(NAMES)
    assert str(table("sunspots")) == "sunspots.csv: wide, 1 ticker, 309 years from 1700-01-01 to 2008-01-01"
    assert str(table("random-walk")).startswith("random-walk.csv: wide, 1 ticker, 750 days from 2022-01-03 to ")
    first = [Path(str(shipped_series(name))).read_text().splitlines()[0] for name in NAMES]
    assert "public domain" in first[0]
    assert "generated" in first[1]
    assert shipped_series("prices") is None


@pytest.mark.parametrize(
    ("name", "least", "most", "word", "changed"),
    [
        ("sunspots", 0.45, 0.75, "better than last year's price", {"target": "price", "window": 22, "epochs": 120}),
        ("random-walk", 0.97, 1.1, "no better than yesterday's price", {"epochs": 20}),
    ],
)
def test_a_model_comes_to_what_is_honest(
    name: str, least: float, most: float, word: str, changed: dict[str, Any], tmp_path: Path, monkeypatch: Any
) -> None:
    """What was measured with other seeds lies between: 0.57 to 0.66 of sunspots, 0.99 to 1.00 of the walk."""
    inputs = inputs_of(ForecastSettings(hidden=8, lr=0.003, **changed), table(name))
    run = made_run(tmp_path, inputs)
    trained(monkeypatch, run, inputs)
    found = read_outlook(run)
    assert found.verdict.ratio is not None
    assert least < found.verdict.ratio < most
    assert found.words[0].startswith(word)
