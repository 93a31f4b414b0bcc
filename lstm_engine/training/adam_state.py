"""Whether a checkpoint's optimiser state is one that our models' Adam goes on from exactly."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import torch

#: The settings of Adam that are left as they are, and torch's values of them; an older torch does not save them all.
_LEFT_ALONE: Mapping[str, object] = {
    "weight_decay": 0,
    "amsgrad": False,
    "maximize": False,
    "capturable": False,
    "differentiable": False,
    "decoupled_weight_decay": False,
}


def is_plain(tensor: object, shape: tuple[int, ...]) -> bool:
    """Whether it is numbers in memory, of the kind and shape that the models have."""
    return (
        isinstance(tensor, torch.Tensor)
        and tensor.layout == torch.strided
        and tensor.device.type == "cpu"
        and tensor.dtype == torch.float32
        and tuple(tensor.shape) == shape
    )


def problem(states: Any, shapes: Sequence[tuple[int, ...]]) -> str | None:
    """What keeps a checkpoint's `optimizer_states` from being Adam's for parameters of these shapes; None if nothing.

    An infinite second moment is none: squares of large gradients overflow, and training goes on.
    """
    none = f"holds no Adam state for its {len(shapes)} parameters: expected a Trainer's own"
    try:
        (state,) = states
        (group,) = state["param_groups"]
        moments = [state["state"][index] for index in range(len(shapes))]
        if len(state["state"]) != len(shapes) or list(group["params"]) != list(range(len(shapes))):
            return none
        if any(set(moment) != {"step", "exp_avg", "exp_avg_sq"} for moment in moments):
            return none
    except (KeyError, IndexError, TypeError, ValueError, AttributeError):
        return none
    return _group_problem(group) or _moments_problem(moments, shapes, none)


def _group_problem(group: Mapping[str, Any]) -> str | None:
    if "weight_decay" not in group:
        return "holds an Adam without weight_decay: expected a Trainer's own"
    for name, plain in _LEFT_ALONE.items():
        value = group.get(name, plain)
        if not isinstance(value, bool | int | float) or value != plain:
            return f"holds an Adam with {name}={_shown(value)}: expected {plain}"
    betas = group.get("betas")
    if not (isinstance(betas, tuple | list) and len(betas) == 2 and all(_is_number(beta, 0, 1) for beta in betas)):
        return f"holds an Adam with betas={_shown(betas)}: expected two numbers from 0 to below 1"
    if not _is_number(group.get("eps"), 0, math.inf):
        return f"holds an Adam with eps={_shown(group.get('eps'))}: expected a number, 0 or more"
    return None


def _moments_problem(moments: Sequence[Mapping[str, Any]], shapes: Sequence[tuple[int, ...]], none: str) -> str | None:
    for moment, shape in zip(moments, shapes, strict=True):
        if not (
            is_plain(moment["step"], ()) and all(is_plain(moment[key], shape) for key in ("exp_avg", "exp_avg_sq"))
        ):
            return none
        if not (torch.isfinite(moment["exp_avg"]).all() and (moment["exp_avg_sq"] >= 0).all()):
            return "holds an Adam state that is not finite numbers"
    steps = {moment["step"].item() for moment in moments}
    if len(steps) != 1 or not all(_is_number(step, 0, math.inf) for step in steps):
        return "holds an Adam that made other numbers of steps for other parameters: expected the same for all"
    return None


def _is_number(value: object, least: float, below: float) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and least <= value < below


def _shown(value: object) -> str:
    return f"{value!r:.60}" if isinstance(value, bool | int | float | str | tuple | list) else type(value).__name__
