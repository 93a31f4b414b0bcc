"""The verdict and the forecast in words and figures."""

from __future__ import annotations

import dataclasses

import numpy as np

from lstm_engine.forecast.inputs import inputs_of
from lstm_engine.forecast.outlook import Outlook, outlook_of
from lstm_engine.forecast.predictions import Predictions
from lstm_engine.forecast.settings import ForecastSettings
from tests.support.price_runs import months, small_inputs, weekdays
from tui.cli.prices.verdict_lines import forecast_lines, verdict_lines


def outlook(days: int = 1) -> Outlook:
    inputs = small_inputs()
    before = inputs.table.prices[inputs.split.day - 1 : -1]
    return outlook_of(inputs, Predictions(3, 0.5, before, np.full((days, 2), 99.0)))


def test_what_is_no_better_than_yesterday_is_called_so() -> None:
    lines = verdict_lines(outlook())
    assert lines[0] == "held out: 24 predictions, 2024-03-07 to 2024-03-22, at the best epoch, 3"
    assert [line.split("  ")[0] for line in lines[1:4]] == ["", "the model", "tomorrow = today"]
    assert lines[2].split()[-2:] == lines[3].split()[-2:]
    assert lines[4] == "no better than yesterday's price (1.00 of its error)"
    assert not any("R2" in line or "R²" in line for line in lines)


def test_a_season_has_its_line() -> None:
    inputs = inputs_of(ForecastSettings(window=12), months())
    found = outlook_of(inputs, Predictions(1, 0.1, inputs.table.prices[inputs.split.day :], np.ones((1, 1))))
    assert any(line.startswith("as a year before") for line in verdict_lines(found))


def test_a_forecast_of_days_says_what_it_is_made_of() -> None:
    assert forecast_lines(outlook()) == ["forecast", "                  A        B", "2024-03-25  99.0000  99.0000"]
    assert forecast_lines(outlook(2))[0] == "forecast, from the second day on made of the model's own predictions"


def test_a_forecast_of_months_counts_months() -> None:
    inputs = inputs_of(ForecastSettings(window=12), months())
    found = outlook_of(inputs, Predictions(1, 0.1, inputs.table.prices[inputs.split.day :], np.ones((2, 1))))
    assert forecast_lines(found)[0] == "forecast, from the second month on made of the model's own predictions"


def test_of_many_tickers_the_first_are_shown() -> None:
    table = weekdays(60, tuple(f"T{number}" for number in range(12)))
    inputs = inputs_of(ForecastSettings(window=5), table)
    found = outlook_of(inputs, Predictions(1, 0.1, table.prices[inputs.split.day :], np.ones((1, 12))))
    heading, row = forecast_lines(dataclasses.replace(found))[1:]
    assert heading.split()[-2:] == ["T9", "..."]
    assert len(row.split()) == 12
