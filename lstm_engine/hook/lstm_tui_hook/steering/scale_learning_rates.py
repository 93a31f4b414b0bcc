"""Multiplies learning rates while training runs, such that schedulers go on from there and do not undo it."""

from __future__ import annotations

import math
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
    groups = [group for optimizer in trainer.optimizers for group in optimizer.param_groups]
    if not all(math.isfinite(float(group["lr"]) * factor) for group in groups):
        raise RefusalError(f"the learning rate times {factor} is no number")
    times = _Times(factor)
    for group in groups:
        for name in _OF_GROUP:
            if name in group:
                group[name] = times(group[name])
    for scheduler in schedulers:
        for name in _OF_SCHEDULER:
            if hasattr(scheduler, name):
                value = getattr(scheduler, name)
                several = isinstance(value, (list, tuple))
                setattr(scheduler, name, [times(one) for one in value] if several else times(value))


def _schedulers(trainer: Any) -> Iterator[Any]:
    waiting = [config.scheduler for config in trainer.lr_scheduler_configs]
    while waiting:
        scheduler = waiting.pop()
        # Some are made of others.
        parts = getattr(scheduler, "_schedulers", ())
        waiting += parts
        if not parts:
            yield scheduler


class _Times:
    """Multiplies each value once: groups of parameters share a tensor that the optimiser was given as its rate."""

    def __init__(self, factor: float) -> None:
        self._factor = factor
        self._done: dict[int, Any] = {}

    def __call__(self, value: Any) -> Any:
        if hasattr(value, "mul_"):  # a tensor is what a compiled optimiser reads: it stays the same one
            if id(value) not in self._done:
                self._done[id(value)] = value.mul_(self._factor)
            return value
        return value * self._factor if isinstance(value, (int, float)) else value
