"""Learning rates by name."""

from __future__ import annotations

from types import SimpleNamespace

import torch
from torch.optim import SGD, Adam

from lstm_engine.hook.lstm_tui_hook.telling.learning_rates import learning_rates


def weight() -> torch.nn.Parameter:
    return torch.nn.Parameter(torch.zeros(1))


def test_every_group_of_every_optimiser_has_a_name_of_its_own() -> None:
    groups = [{"params": [weight()]}, {"params": [weight()], "lr": torch.tensor(0.5)}]
    optimizers = [Adam([weight()], lr=1e-3), SGD(groups, lr=0.1), Adam([weight()], lr=1e-4)]
    assert learning_rates(SimpleNamespace(optimizers=optimizers)) == {
        "lr-Adam": 1e-3,
        "lr-SGD/pg1": 0.1,
        "lr-SGD/pg2": 0.5,
        "lr-Adam-1": 1e-4,
    }
    assert learning_rates(SimpleNamespace(optimizers=[])) == {}


def test_what_is_no_number_is_left_out() -> None:
    groups = [{"params": [weight()], "lr": lr} for lr in (0.5, float("inf"), float("nan"))]
    assert learning_rates(SimpleNamespace(optimizers=[SGD(groups)])) == {"lr-SGD/pg1": 0.5}
