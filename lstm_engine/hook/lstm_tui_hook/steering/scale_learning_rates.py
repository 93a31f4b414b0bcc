"""Multiplies learning rates while training runs, such that schedulers go on from there and do not undo it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .refusal_error import RefusalError

#: Of an optimiser's groups: its rate, and what schedulers keep there to make it from.
_OF_GROUP = ("lr", "initial_lr", "max_lr", "min_lr", "swa_lr")
#: Of a scheduler: the rates that it makes all others from.
_OF_SCHEDULER = ("base_lrs", "max_lrs", "min_lrs", "eta_min")


def scale_learning_rates(trainer: Any, factor: float) -> None:
    """Raises RefusalError, and has changed nothing then."""
    if factor <= 0:
        raise RefusalError(f"a learning rate cannot be multiplied by {factor}")
    if not trainer.optimizers:
        raise RefusalError("the script has no optimiser")
    schedulers = list(_schedulers(trainer))
    for scheduler in schedulers:
        if not hasattr(scheduler, "base_lrs") and not hasattr(scheduler, "min_lrs"):
            raise RefusalError(
                f"the script's {type(scheduler).__name__} may undo it: it is none of PyTorch's schedulers"
            )
    for optimizer in trainer.optimizers:
        for group in optimizer.param_groups:
            for name in _OF_GROUP:
                if name in group:
                    group[name] = _times(group[name], factor)
    for scheduler in schedulers:
        for name in _OF_SCHEDULER:
            if hasattr(scheduler, name):
                value = getattr(scheduler, name)
                several = isinstance(value, (list, tuple))
                setattr(scheduler, name, [_times(one, factor) for one in value] if several else _times(value, factor))


def _schedulers(trainer: Any) -> Iterator[Any]:
    waiting = [config.scheduler for config in trainer.lr_scheduler_configs]
    while waiting:
        scheduler = waiting.pop()
        # Some are made of others.
        parts = getattr(scheduler, "_schedulers", ())
        waiting += parts
        if not parts:
            yield scheduler


def _times(value: Any, factor: float) -> Any:
    if hasattr(value, "mul_"):  # a tensor is what a compiled optimiser reads: it stays the same one
        return value.mul_(factor)
    return value * factor if isinstance(value, (int, float)) else value
