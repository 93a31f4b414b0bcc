"""The model: what it predicts is in prices, and what it forecasts is fed with its own predictions."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from lstm_engine.price_model.forecaster import Forecaster
from lstm_engine.price_model.window_loader import as_inputs, validation_loader
from tests.support.price_runs import small_inputs


def model(**changed: Any) -> Forecaster:
    torch.manual_seed(1)
    return Forecaster(small_inputs(**changed))


def of_last_day(model: Forecaster, days: np.ndarray) -> np.ndarray:
    """What is predicted behind each ticker's days, unscaled."""
    scaling, ticker = model._inputs.scaling, np.arange(2)
    with torch.no_grad():
        predicted = model(as_inputs(scaling.scaled(days, ticker))).numpy().astype(np.float64)
    return scaling.unscaled(predicted, ticker)


@pytest.mark.parametrize("target", ["return", "price"])
def test_a_forecast_goes_on_from_its_own_predictions(target: str) -> None:
    ours = model(target=target)
    found = ours.ahead(2)
    prices, series = ours._inputs.table.prices, ours._inputs.windows.series
    first = of_last_day(ours, series[-5:].T)
    second = of_last_day(ours, np.column_stack([series[-4:].T, first]))
    if target == "return":
        wanted = [prices[-1] * np.exp(first), prices[-1] * np.exp(first) * np.exp(second)]
    else:
        wanted = [first, second]
    np.testing.assert_allclose(found, wanted)


@pytest.mark.parametrize(("target", "name"), [("return", "by-hand"), ("price", "nn-lstm")])
def test_a_validation_predicts_every_day_in_prices(target: str, name: str) -> None:
    ours = model(target=target, model=name)
    ours.log = lambda *_, **__: None  # type: ignore[method-assign, assignment]
    with torch.no_grad():
        for number, batch in enumerate(validation_loader(ours._inputs)):
            ours.validation_step(batch, number)
    ours.on_validation_epoch_end()
    assert ours.held_out.shape == (12, 2)
    table, day = ours._inputs.table, ours._inputs.split.day
    series = ours._inputs.windows.series
    skipped = len(table.dates) - len(series)
    value = of_last_day(ours, series[day - skipped - 5 : day - skipped].T)
    wanted = table.prices[day - 1] * np.exp(value) if target == "return" else value
    np.testing.assert_allclose(ours.held_out[0], wanted, rtol=1e-6)


@pytest.mark.parametrize(("name", "layers"), [("by-hand", 1), ("nn-lstm", 2)])
def test_the_forget_bias_is_added_to_the_forget_gates_alone(name: str, layers: int) -> None:
    plain, biased = (model(model=name, layers=layers, hidden=3, forget_bias=bias) for bias in (0.0, 1.0))
    for (label, one), (_, other) in zip(plain.named_parameters(), biased.named_parameters(), strict=True):
        difference = (other - one).detach()
        if "bias_ih" in label:
            assert difference.reshape(4, 3).round(decimals=6).tolist() == [[0] * 3, [1] * 3, [0] * 3, [0] * 3]
        else:
            assert not difference.any()


def test_a_schedule_changes_the_learning_rate() -> None:
    plain = model().configure_optimizers()
    assert isinstance(plain, torch.optim.Adam)
    found = model(schedule="step", schedule_epochs=2).configure_optimizers()
    optimizer, scheduler = found["optimizer"], found["lr_scheduler"]
    rates = [optimizer.param_groups[0]["lr"]]
    for _ in range(2):
        optimizer.step()
        scheduler.step()
        rates.append(optimizer.param_groups[0]["lr"])
    assert rates == pytest.approx([0.01, 0.001, 0.0001])
