"""What was predicted at the best epoch is on disk, and goes along in the checkpoints."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from lstm_engine.errors import UserError
from lstm_engine.forecast.predictions import read_predictions
from lstm_engine.price_model.best_epoch import BestEpoch
from lstm_engine.price_model.forecaster import Forecaster
from tests.support.price_runs import small_inputs


class Validated:
    """As much of a Trainer as is asked for."""

    def __init__(self, loss: float, epoch: int) -> None:
        self.callback_metrics = {"val_loss": torch.tensor(loss)}
        self.current_epoch = epoch


def validate(callback: BestEpoch, model: Forecaster, *losses: float, epoch: int = 0) -> None:
    for number, loss in enumerate(losses, epoch):
        model.held_out = np.full((12, 2), loss)
        trainer: Any = Validated(loss, number)
        callback.on_validation_end(trainer, model)


def test_the_lowest_loss_stays(tmp_path: Path) -> None:
    callback, model = BestEpoch(tmp_path, 2), Forecaster(small_inputs())
    validate(callback, model, 3.0, 1.0, 2.0, 1.0)
    found = read_predictions(tmp_path)
    assert found is not None
    assert (found.epoch, found.loss, found.held_out[0, 0], found.ahead.shape) == (2, 1.0, 1.0, (2, 2))


def test_it_goes_along_in_a_checkpoint(tmp_path: Path) -> None:
    former, model = BestEpoch(tmp_path, 1), Forecaster(small_inputs())
    assert former.state_dict() == {}
    validate(former, model, 1.0)
    branch = tmp_path / "branch"
    branch.mkdir()
    callback = BestEpoch(branch, 1)
    callback.load_state_dict({})
    callback.on_fit_start()
    assert read_predictions(branch) is None
    callback.load_state_dict(former.state_dict())
    callback.on_fit_start()
    validate(callback, model, 2.0, epoch=1)
    found = read_predictions(branch)
    assert found is not None
    assert (found.epoch, found.loss) == (1, 1.0)
    validate(callback, model, 0.5, epoch=2)
    assert (found := read_predictions(branch)) is not None
    assert found.epoch == 3


@pytest.mark.parametrize("loss", [float("nan"), float("inf")])
def test_what_is_no_number_ends_the_training(loss: float, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=rf"the validation loss is {loss} after 5 epochs: try a lower --lr"):
        validate(BestEpoch(tmp_path, 1), Forecaster(small_inputs()), loss, epoch=4)
