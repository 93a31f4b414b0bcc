"""The gates of a window without PyTorch are those that PyTorch has."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from lstm_engine.forecast.inputs import Inputs
from lstm_engine.forecast.window_gates import window_gates
from lstm_engine.lstm.parameters import ModelName
from lstm_engine.weight_history.history import Snapshot, read_history
from tests.support.price_runs import made_run, small_inputs, trained

HIDDEN = 3


def newest(run: Path) -> Snapshot:
    history = read_history(run)
    assert history is not None
    return history.at(int(history.epochs[-1]))


def of_torch(
    inputs: Inputs, snapshot: Snapshot, ticker: int, day: int
) -> dict[str, np.ndarray[tuple[int, ...], object]]:
    """By PyTorch's own cell, a day after the other: gates as nn.LSTM's equations have them, c and h as nn.LSTM's."""
    tensors = {name: torch.tensor(each) for name, each in snapshot.tensors.items()}
    bias = tensors["lstm.bias_ih_l0"] + tensors.get("lstm.bias_hh_l0", torch.zeros(()))
    layer = nn.LSTM(1, HIDDEN, batch_first=True)
    with torch.no_grad():
        layer.weight_ih_l0.copy_(tensors["lstm.weight_ih_l0"])
        layer.weight_hh_l0.copy_(tensors["lstm.weight_hh_l0"])
        layer.bias_ih_l0.copy_(bias)
        layer.bias_hh_l0.zero_()
    prices = inputs.table.prices[:, ticker]
    returns = np.diff(np.log(prices))[day - 1 - inputs.settings.window : day - 1]
    scaled = (returns - inputs.scaling.shift[ticker]) / inputs.scaling.factor[ticker]
    days = torch.from_numpy(scaled.astype(np.float32))[None, :, None]
    found: dict[str, list[torch.Tensor]] = {name: [] for name in ("input", "forget", "candidate", "output", "c", "h")}
    h = c = torch.zeros(1, 1, HIDDEN)
    with torch.no_grad():
        for day_number in range(days.shape[1]):
            x = days[:, day_number : day_number + 1]
            z = x[:, 0] @ layer.weight_ih_l0.T + h[0] @ layer.weight_hh_l0.T + layer.bias_ih_l0
            i, f, g, o = z.chunk(4, dim=1)
            _, (h, c) = layer(x, (h, c))
            for name, value in zip(found, (i.sigmoid(), f.sigmoid(), g.tanh(), o.sigmoid(), c[0], h[0]), strict=True):
                found[name].append(value[0])
    return {name: torch.stack(values).numpy() for name, values in found.items()}


@pytest.mark.parametrize("model", ["by-hand", "nn-lstm"])
def test_they_are_those_of_pytorch(model: ModelName, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inputs = small_inputs(model=model, hidden=HIDDEN, epochs=2, layers=2 if model == "nn-lstm" else 1)
    run = made_run(tmp_path, inputs)
    trained(monkeypatch, run, inputs)
    snapshot, last = newest(run), len(inputs.table.dates) - 1
    for ticker, day in ((0, last), (1, last), (1, inputs.windows.first_day)):
        found = window_gates(inputs, snapshot.tensors, ticker, day)
        wanted = of_torch(inputs, snapshot, ticker, day)
        for name, values in {**found.gates, "c": found.c, "h": found.h}.items():
            np.testing.assert_allclose(values, wanted[name], rtol=0, atol=1e-6)
        assert found.target == inputs.table.dates[day]
        np.testing.assert_array_equal(found.dates, inputs.table.dates[day - 5 : day])
        prices = inputs.table.prices[day - 6 : day, ticker]
        np.testing.assert_allclose(found.days, np.diff(np.log(prices)), rtol=1e-12)


def test_tensors_of_another_model_are_refused() -> None:
    inputs = small_inputs()
    tensors = {
        "lstm.weight_ih_l0": np.zeros((8, 1), np.float32),
        "lstm.weight_hh_l0": np.zeros((8, 2), np.float32),
        "lstm.bias_ih_l0": np.zeros(8, np.float32),
    }
    assert window_gates(inputs, tensors, 0, 20).h.shape == (5, 2)
    for name in tensors:
        with pytest.raises(ValueError, match="tensor"):
            window_gates(inputs, {each: values for each, values in tensors.items() if each != name}, 0, 20)
        with pytest.raises(ValueError, match="tensors of the shapes"):
            window_gates(inputs, {**tensors, name: np.zeros((3, 2), np.float32)}, 0, 20)
