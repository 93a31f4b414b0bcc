"""The newest parameters are on disk for a viewer."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch

from lstm_engine.forecast.weights import read_weights
from lstm_engine.lstm.parameters import ModelName
from lstm_engine.price_model.forecaster import Forecaster
from lstm_engine.price_model.newest_weights import NewestWeights
from lstm_engine.script.going_on import checkpoint_of
from tests.support.price_runs import made_run, small_inputs, trained


def at(epoch: int) -> Any:
    return SimpleNamespace(current_epoch=epoch)


def test_no_more_often_than_anybody_looks_and_at_the_end(tmp_path: Path) -> None:
    now = 0.0
    model = Forecaster(small_inputs())
    callback = NewestWeights(tmp_path, lambda: now)
    epochs = []
    for epoch in range(5):
        now = 0.4 * epoch
        callback.on_train_epoch_end(at(epoch), model)
        found = read_weights(tmp_path)
        epochs.append(found and found.epoch)
    assert epochs == [1, 1, 1, 4, 4]
    callback.on_fit_end(at(5), model)
    found = read_weights(tmp_path)
    assert found is not None
    assert found.epoch == 5


@pytest.mark.parametrize("model", ["by-hand", "nn-lstm"])
def test_they_are_those_of_the_last_checkpoint_to_the_bit(
    model: ModelName, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inputs = small_inputs(model=model, hidden=3, epochs=2)
    run = made_run(tmp_path, inputs)
    trained(monkeypatch, run, inputs)
    found = read_weights(run)
    assert found is not None
    state = torch.load(checkpoint_of(run).path, weights_only=True)["state_dict"]
    assert found.epoch == 2
    assert found.tensors.keys() == state.keys()
    for name, tensor in state.items():
        np.testing.assert_array_equal(found.tensors[name], tensor.numpy())
