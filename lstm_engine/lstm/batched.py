"""The unit of `cell` for many companies at once, shaped for NumPy: the four gates stacked, one operation for all.

`cell` says what is computed; here it is only arranged so that little is left to do day by day:

- sigmoid(z) = ½ + ½·tanh(½·z), so one tanh serves all four rows, each with its own factor and offset;
- what the inputs contribute to the gates does not wait for the day before: it is there for all days at once;
- going back, day by day is only what a day hands to the day before; the sums for the twelve parameters follow at once.

The tests compare values and gradients with those of `cell`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lstm_engine.lstm.parameters import GATES

#: 32-bit in training; any kind of float in tests.
Array = NDArray[np.floating]

_ROWS = len(GATES)  # forget, input, candidate, output, as in `parameters.BY_HAND`
_CANDIDATE = GATES.index("candidate")
_FACTOR = np.array([1.0 if gate == "candidate" else 0.5 for gate in GATES])[:, np.newaxis]
_OFFSET = 1 - _FACTOR


class Stack(NamedTuple):
    """What every company went through on every day.

    x: inputs, shape (days, companies). gates: f, i, g, o; shape (days, 4, companies).
    c, h: cell and hidden states, shape (days + 1, companies), the zeros before the first day included.
    tanh_c: of the new cell states, shape (days, companies).
    """

    x: Array
    gates: Array
    c: Array
    h: Array
    tanh_c: Array

    @property
    def predictions(self) -> Array:
        """Shape (companies,)."""
        predictions: Array = self.h[-1]
        return predictions


def unroll(weights: Array, x: Array) -> Stack:
    """`cell.unroll` for inputs of shape (days, companies) and weights of shape (12,)."""
    days, companies = x.shape
    factor, offset = _FACTOR.astype(x.dtype), _OFFSET.astype(x.dtype)
    on_h, on_x, bias = (factor * weights.reshape(_ROWS, 3)).T[..., np.newaxis]  # (4, 1) each
    gates = on_x * x[:, np.newaxis] + bias
    c, h = np.zeros((2, days + 1, companies), x.dtype)
    tanh_c = np.empty_like(x)
    for day in range(days):
        row = gates[day]
        row += on_h * h[day]
        np.tanh(row, out=row)
        row *= factor
        row += offset
        f, i, g, o = row
        np.multiply(c[day], f, out=c[day + 1])
        c[day + 1] += i * g
        np.tanh(c[day + 1], out=tanh_c[day])
        np.multiply(tanh_c[day], o, out=h[day + 1])
    return Stack(x, gates, c, h, tanh_c)


def gradient(weights: Array, stack: Stack, d_h: Array) -> list[float]:
    """`cell.gradient`, summed over the companies.

    d_h: the loss's derivative with respect to each prediction, shape (companies,).
    """
    x, gates, c, h, tanh_c = stack
    f, i, g, o = gates.swapaxes(0, 1)
    # By how much each gate's z moves the cell state, or h in the output gate's row: products that need no day before.
    d_gates = gates * (1 - gates)
    d_gates[:, _CANDIDATE] = 1 - g * g
    d_gates *= np.stack((c[:-1], g, i, tanh_c), axis=1)
    h_to_c = o * (1 - tanh_c * tanh_c)
    on_h = weights.reshape(_ROWS, 3)[:, 0].copy()
    d_c = np.zeros_like(d_h)
    for day in reversed(range(len(x))):
        d_c += d_h * h_to_c[day]
        row = d_gates[day]
        row[:-1] *= d_c
        row[-1] *= d_h
        d_h = on_h @ row
        d_c *= f[day]
    # Per row the sums over days and companies of d·h, d·x and d; the days in 64 bits, for there may be many.
    sums = (np.einsum("dgc,dc->dg", d_gates, h[:-1]), np.einsum("dgc,dc->dg", d_gates, x), d_gates.sum(axis=2))
    gradients: list[float] = np.stack([each.sum(axis=0, dtype=np.float64) for each in sums], axis=1).ravel().tolist()
    return gradients
