"""What the unit did at an epoch, computed again from the parameters in the history: no more is stored than those.

Works for both models: `torch.nn.LSTM` is the same unit, with a second bias that only ever appears added to the first.
Imports no torch, and takes many epochs at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lstm_engine.lstm.cell import unroll
from lstm_engine.lstm.parameters import BY_HAND, NN_LSTM, ModelName

Values = NDArray[np.float64]


class Trace(NamedTuple):
    """Gates and states, each of shape (days, …) with the shape of an epoch's selection behind the days.

    x: input. forget, input, output: the gates, 0 to 1. candidate: -1 to 1.
    cell_before, cell: the cell state that came in, and the new one. hidden: the new hidden state, -1 to 1.
    """

    x: Values
    forget: Values
    input: Values
    candidate: Values
    output: Values
    cell_before: Values
    cell: Values
    hidden: Values


def by_hand_weights(model: ModelName, parameters: ArrayLike) -> Values:
    """Any model's parameters as the twelve of the unit by hand.

    Args:
        parameters: shape (…, parameters), in the order of `PARAMETERS[model]`.

    Returns:
        Shape (12, …).
    """
    values = np.moveaxis(np.asarray(parameters, np.float64), -1, 0)
    if model == "by-hand":
        return values
    sums = np.zeros((len(BY_HAND), *values.shape[1:]))
    place = {(spec.gate, spec.role): index for index, spec in enumerate(BY_HAND)}
    for spec, value in zip(NN_LSTM, values, strict=True):
        sums[place[spec.gate, spec.role]] += value
    return sums


def trace(model: ModelName, parameters: ArrayLike, days: Sequence[float]) -> Trace:
    """One company's days through the unit, at each of the epochs that the parameters are of.

    Args:
        parameters: shape (parameters,) for one epoch, (epochs, parameters) for several.
        days: the company's inputs.

    Returns:
        Arrays of shape (days,) or (days, epochs). The last `hidden` is the prediction.
    """
    weights = by_hand_weights(model, parameters)
    steps = unroll(list(weights), list(days), _logistic, np.tanh)
    shape = weights.shape[1:]

    def column(field: str) -> Values:
        return np.array([np.broadcast_to(getattr(step, field), shape) for step in steps])

    return Trace(*(column(name) for name in ("x", "f", "i", "g", "o", "c_before", "c", "h")))


def predictions(model: ModelName, parameters: ArrayLike, days: ArrayLike) -> Values:
    """What several companies are predicted, at one epoch.

    Args:
        parameters: shape (parameters,).
        days: the companies' inputs, shape (companies, days).

    Returns:
        Shape (companies,): the last hidden states.
    """
    inputs = np.asarray(days, np.float64).T
    last: Values = unroll(list(by_hand_weights(model, parameters)), list(inputs), _logistic, np.tanh)[-1].h
    return last


def _logistic(z: Values) -> Values:
    half: Values = 0.5 + 0.5 * np.tanh(0.5 * z)
    return half
