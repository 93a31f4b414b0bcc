"""The gradient by hand is autograd's, for any number of companies at once; the loss is the mean over all of them."""

from __future__ import annotations

import pytest
import torch

from lstm_engine.data.companies import Companies
from lstm_engine.models.by_hand import LSTMByHand
from lstm_engine.run.config import RunConfig
from tests.support.script import companies


class OneStep:
    """An optimiser whose step does nothing."""

    def step(self) -> None:
        """Nothing: the gradient stays to be looked at."""


def trained(data: Companies, monkeypatch: pytest.MonkeyPatch) -> tuple[LSTMByHand, torch.Tensor, torch.Tensor]:
    """A model that has made a step with all companies at once, its inputs and targets; its weights did not change."""
    model = LSTMByHand(RunConfig(data=data, batch_size=len(data.names)))
    monkeypatch.setattr(model, "optimizer", OneStep)
    batch = (torch.tensor(data.days), torch.tensor(data.targets))
    model.training_step(batch, 0)
    return model, *batch


#: Up to seven companies are computed one at a time, from eight on at once.
@pytest.mark.parametrize("count", [1, 2, 7, 8, 9, 30])
def test_the_gradient_is_autograd_s(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    model, days, targets = trained(companies(count), monkeypatch)
    (model(days) - targets).square().mean().backward()
    expected = [parameter.grad.item() for parameter in model.parameters() if parameter.grad is not None]
    assert len(expected) == 12
    assert model._gradient.tolist() == pytest.approx(expected, rel=1e-4, abs=1e-6)


@pytest.mark.parametrize("count", [1, 7, 8, 30])
def test_the_loss_is_the_mean_square_before_the_step(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    model, days, targets = trained(companies(count), monkeypatch)
    expected = (model(days) - targets).square().mean().item()
    assert model.take_loss() == pytest.approx(expected, rel=1e-5)
    assert model.take_loss() == 0, "taken"


@pytest.mark.parametrize("count", [1, 7, 8, 30])
def test_predictions_are_those_of_the_formulas_with_torch(count: int) -> None:
    data = companies(count)
    model = LSTMByHand(RunConfig(data=data))
    assert model.predictions() == pytest.approx(model(torch.tensor(data.days)).tolist(), abs=1e-6)
