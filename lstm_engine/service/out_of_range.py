"""Whether a table holds what the unit cannot reach, or 32-bit numbers cannot hold."""

from __future__ import annotations

import math

import numpy as np

from lstm_engine.data.companies import Companies

#: Residuals from here on have squares that are no 32-bit number.
_LARGEST_RESIDUAL = math.sqrt(float(np.finfo(np.float32).max))


def out_of_range(data: Companies) -> str:
    """That values to predict are out of the unit's reach, in one sentence; empty where none is.

    What it predicts is tanh of its cell, times a gate: between -1 and 1.
    """
    outside = [(name, target) for name, target in zip(data.names, data.targets, strict=True) if abs(target) > 1]
    if not outside:
        return ""
    name, target = max(outside, key=lambda one: abs(one[1]))
    count = (
        f"{len(outside)} of {len(data.targets)} values to predict are"
        if len(data.targets) > 1
        else "the value to predict is"
    )
    return (
        f"{count} outside -1 to 1, as {target:g} of {name}: this unit cannot reach such values, scale the data first"
    )


def divergence(data: Companies) -> str:
    """Why a loss is no finite number any more."""
    if any(abs(target) + 1 >= _LARGEST_RESIDUAL for target in data.targets):
        return "the squared error is too large for 32-bit numbers: scale the values to predict first"
    return (
        "the loss is no longer a finite number: the learning rate is too large for this data; reseed, or start a run "
        "with a smaller one"
    )
