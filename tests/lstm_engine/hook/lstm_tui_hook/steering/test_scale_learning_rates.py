"""A factor on the learning rates holds whatever schedules them."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
import torch
from torch.optim import SGD, Adam, Optimizer
from torch.optim import lr_scheduler as schedulers

from lstm_engine.hook.lstm_tui_hook.steering.refusal_error import RefusalError
from lstm_engine.hook.lstm_tui_hook.steering.scale_learning_rates import scale_learning_rates

KINDS: dict[str, Callable[[Optimizer], Any]] = {
    "step": lambda optimizer: schedulers.StepLR(optimizer, 2, 0.5),
    "cosine": lambda optimizer: schedulers.CosineAnnealingLR(optimizer, 10, eta_min=0.01),
    "lambda": lambda optimizer: schedulers.LambdaLR(optimizer, lambda step: 1 / (1 + step)),
    "one cycle": lambda optimizer: schedulers.OneCycleLR(optimizer, 0.3, total_steps=12),
    "exponential": lambda optimizer: schedulers.ExponentialLR(optimizer, 0.9),
    "one behind another": lambda optimizer: schedulers.SequentialLR(
        optimizer,
        [schedulers.ConstantLR(optimizer, 0.5, 3), schedulers.CosineAnnealingLR(optimizer, 9)],
        milestones=[3],
    ),
}


def made(schedule: Callable[[Optimizer], Any] | None) -> Any:
    groups = [{"params": [torch.nn.Parameter(torch.zeros(1))], "lr": lr} for lr in (0.2, 0.02)]
    optimizer = SGD(groups, momentum=0.9)
    configs = [SimpleNamespace(scheduler=schedule(optimizer))] if schedule else []
    return SimpleNamespace(optimizers=[optimizer], lr_scheduler_configs=configs)


def rates(trainer: Any, factor_at: int | None = None) -> list[list[float]]:
    found = []
    for step in range(10):
        if step == factor_at:
            scale_learning_rates(trainer, 0.1)
        found.append([group["lr"] for group in trainer.optimizers[0].param_groups])
        trainer.optimizers[0].step()
        for config in trainer.lr_scheduler_configs:
            config.scheduler.step()
    return found


@pytest.mark.parametrize("kind", [None, *KINDS])
@pytest.mark.filterwarnings("ignore")
def test_from_there_on_the_curve_is_times_the_factor(kind: str | None) -> None:
    schedule = KINDS[kind] if kind else None
    usual, scaled = rates(made(schedule)), rates(made(schedule), factor_at=4)
    assert scaled[:4] == usual[:4]
    for one, other in zip(scaled[4:], usual[4:], strict=True):
        assert one == pytest.approx([0.1 * rate for rate in other], rel=1e-6)


def test_a_plateau_goes_on_from_the_new_rate_to_a_new_least() -> None:
    trainer = made(lambda optimizer: schedulers.ReduceLROnPlateau(optimizer, factor=0.1, patience=0, min_lr=0.01))
    scale_learning_rates(trainer, 10)
    for _ in range(3):
        trainer.lr_scheduler_configs[0].scheduler.step(1.0)
    assert [group["lr"] for group in trainer.optimizers[0].param_groups] == pytest.approx([0.1, 0.1])


def test_a_rate_in_a_tensor_stays_that_tensor() -> None:
    rate = torch.tensor(0.5)
    optimizer = Adam([torch.nn.Parameter(torch.zeros(1))], lr=rate, capturable=False, foreach=False)
    scale_learning_rates(SimpleNamespace(optimizers=[optimizer], lr_scheduler_configs=[]), 2)
    assert optimizer.param_groups[0]["lr"] is rate
    assert rate.item() == 1.0


class _Own:
    """A scheduler that keeps its rates nobody knows where."""


@pytest.mark.parametrize(
    ("trainer", "factor", "said"),
    [
        (made(None), 0.0, "cannot be multiplied by 0.0"),
        (made(None), 1.7e308 * 10, "is no number"),
        (SimpleNamespace(optimizers=[], lr_scheduler_configs=[]), 2.0, "the script has no optimiser"),
        (made(lambda _: _Own()), 2.0, "the script's _Own may undo it"),
    ],
)
def test_what_would_not_hold_is_refused_and_changes_nothing(trainer: Any, factor: float, said: str) -> None:
    with pytest.raises(RefusalError, match=said):
        scale_learning_rates(trainer, factor)
    assert [group["lr"] for one in trainer.optimizers for group in one.param_groups] in ([0.2, 0.02], [])


def test_a_tensor_that_groups_share_is_multiplied_once() -> None:
    rate = torch.tensor(0.5)
    groups = [{"params": [torch.nn.Parameter(torch.zeros(1))]} for _ in range(2)]
    optimizer = Adam(groups, lr=rate, capturable=False, foreach=False)
    scheduler = schedulers.StepLR(optimizer, 1, 0.5)
    configs = [SimpleNamespace(scheduler=scheduler)]
    scale_learning_rates(SimpleNamespace(optimizers=[optimizer], lr_scheduler_configs=configs), 2)
    assert [float(group["lr"]) for group in optimizer.param_groups] == [1.0, 1.0]
    assert [float(one) for one in scheduler.base_lrs] == [1.0, 1.0]
