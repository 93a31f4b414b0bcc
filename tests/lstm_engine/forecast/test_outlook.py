"""A run's prices, predictions and verdict, out of its folder."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from lstm_engine.errors import UserError
from lstm_engine.forecast.inputs import inputs_of
from lstm_engine.forecast.outlook import is_price_run, read_outlook
from lstm_engine.forecast.predictions import Predictions
from lstm_engine.forecast.settings import ForecastSettings
from tests.support.price_runs import made_run, months, small_inputs


def test_the_verdict_is_on_the_days_held_out(tmp_path: Path) -> None:
    inputs = small_inputs()
    prices = inputs.table.prices
    perfect = Predictions(3, 0.1, prices[inputs.split.day :], np.array([[1.0, 2.0], [3.0, 4.0]]))
    run = made_run(tmp_path, inputs, perfect)
    assert is_price_run(run)
    found = read_outlook(run)
    assert (found.verdict.model.mae, found.verdict.n, found.verdict.seasonal) == (0.0, 24, None)
    assert found.words[0] == "better than yesterday's price (0.00 of its error)"
    assert found.dates_ahead.astype(str).tolist() == ["2024-03-25", "2024-03-26"]


def test_months_have_a_season(tmp_path: Path) -> None:
    inputs = inputs_of(ForecastSettings(window=12), months())
    before = inputs.table.prices[inputs.split.day - 1 : -1]
    found = read_outlook(made_run(tmp_path, inputs, Predictions(1, 0.1, before, np.ones((1, 1)))))
    assert found.verdict.seasonal is not None
    assert found.words[0] == "no better than last month's price (1.00 of its error)"
    assert any("the season before" in phrase for phrase in found.words)


def test_what_has_none_says_so(tmp_path: Path) -> None:
    (tmp_path / "script").mkdir()
    assert not is_price_run(tmp_path / "script")
    with pytest.raises(UserError, match="run script has no prices by date"):
        read_outlook(tmp_path / "script")
    with pytest.raises(UserError, match="has predicted nothing yet"):
        read_outlook(made_run(tmp_path, small_inputs()))


@pytest.mark.parametrize("shapes", [((3, 1), (1, 2)), ((3, 2), (1, 3)), ((0, 2), (1, 2)), ((60, 2), (1, 2))])
def test_predictions_of_other_prices_are_said(shapes: tuple[tuple[int, int], ...], tmp_path: Path) -> None:
    run = made_run(tmp_path, small_inputs(), Predictions(1, 0.1, *map(np.ones, shapes)))
    with pytest.raises(UserError, match="run run is damaged"):
        read_outlook(run)
