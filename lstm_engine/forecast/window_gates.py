"""What the first layer of a model of prices does on a window: its gates and states, without PyTorch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lstm_engine.forecast.inputs import Inputs
from lstm_engine.lstm.vector import Layer, unroll

Values = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class WindowGates:
    """K days of H units.

    target: the day that the window predicts. dates: those that go in, shape (K,).
    days: what goes in, returns or prices as they are, shape (K,). gates: by name, shape (K, H) each.
    c, h: cell and hidden state after each day, shape (K, H).
    """

    target: np.datetime64
    dates: NDArray[np.datetime64]
    days: Values
    gates: Mapping[str, Values]
    c: Values
    h: Values


def window_gates(inputs: Inputs, tensors: Mapping[str, NDArray[np.float32]], ticker: int, day: int) -> WindowGates:
    """Those of the window of a ticker that predicts a day, with the parameters that these tensors are.

    Args:
        ticker: which one. day: the row of the table that is predicted, `first_day` of the windows or later.

    Raises:
        ValueError: the tensors are not those of such a model.
    """
    windows = inputs.windows
    number = np.array([(day - windows.first_day) * len(windows.table.tickers) + ticker])
    values = windows.inputs(number)
    scaled = inputs.scaling.scaled(values, np.array([ticker])).astype(np.float32)  # as the model is given it
    with np.errstate(over="ignore", invalid="ignore"):
        found = unroll(_first_layer(tensors), np.ascontiguousarray(scaled.T))
    parts = found.gates[:, :, 0].astype(np.float64).reshape(len(scaled[0]), 4, -1)
    return WindowGates(
        target=windows.table.dates[day],
        dates=windows.table.dates[day - windows.length : day],
        days=values[0],
        gates={name: parts[:, place] for place, name in enumerate(("input", "forget", "candidate", "output"))},
        c=found.c[1:, :, 0].astype(np.float64),
        h=found.h[1:, :, 0].astype(np.float64),
    )


def _first_layer(tensors: Mapping[str, NDArray[np.float32]]) -> Layer:
    """PyTorch has two biases a gate, which are only ever added."""
    try:
        w_x, w_h, b = (tensors[f"lstm.{name}_l0"] for name in ("weight_ih", "weight_hh", "bias_ih"))
    except KeyError as error:
        raise ValueError(f"no tensor {error}") from error
    more: NDArray[Any] | None = tensors.get("lstm.bias_hh_l0")
    units = w_h.shape[-1]
    shapes = [each.shape for each in (w_x, w_h, b)]
    if shapes != [(4 * units, 1), (4 * units, units), (4 * units,)] or (more is not None and more.shape != b.shape):
        raise ValueError(f"tensors of the shapes {shapes}")
    return Layer(w_x, w_h, b if more is None else b + more)
