"""The LSTM layer of H units, written out as the one unit is: all days forward, and the gradient back by hand.

For every unit, with `·` over the units of the day before or over what goes in, the rows in PyTorch's order of gates:

    input gate   i = sigmoid(Ui·h + Wi·x + bi)
    forget gate  f = sigmoid(Uf·h + Wf·x + bf)
    candidate    g = tanh(Ug·h + Wg·x + bg)
    output gate  o = sigmoid(Uo·h + Wo·x + bo)
    cell state   c' = c * f + i * g
    hidden state h' = o * tanh(c')

Source: Hochreiter & Schmidhuber 1997, Gers, Schmidhuber & Cummins 2000; as `cell.py`, of which this is the form for
vectors. In NumPy, in the precision of what it is given; many sequences at once, each a column.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.floating[Any]]


class Layer(NamedTuple):
    """The parameters of H units that are fed with one number a day.

    w_x: shape (4H, 1). w_h: shape (4H, H). b: shape (4H,). Rows: input gate, forget gate, candidate, output gate.
    """

    w_x: Values
    w_h: Values
    b: Values


class Days(NamedTuple):
    """What B sequences of T days did in a layer.

    x: what went in, shape (T, B). gates: i, f, g and o one below the other, shape (T, 4H, B).
    c, h: cell and hidden state, before the first day and after each, shape (T + 1, H, B).
    tanh_c: of the new cell states, shape (T, H, B).
    """

    x: Values
    gates: Values
    c: Values
    h: Values
    tanh_c: Values


def unroll(layer: Layer, x: Values) -> Days:
    """All days through the layer, from h = c = 0; the last `h` is what a prediction is made of.

    Args:
        x: shape (T, B).
    """
    days, sequences = x.shape
    units = layer.w_h.shape[1]
    # sigmoid(z) = 1/2 + tanh(z / 2) / 2 cannot overflow, and lets one call serve all four.
    factor = np.full((4 * units, 1), 0.5, layer.b.dtype)
    factor[2 * units : 3 * units] = 1
    offset = 1 - factor
    gates = (layer.w_x * factor) * x[:, None]
    gates += layer.b[:, None] * factor
    w_h = layer.w_h * factor
    c, h = (np.zeros((days + 1, units, sequences), gates.dtype) for _ in range(2))
    tanh_c = np.empty((days, units, sequences), gates.dtype)
    back, taken = np.empty_like(gates[0]), np.empty_like(c[0])
    for day in range(days):
        z = gates[day]
        z += np.matmul(w_h, h[day], out=back)
        np.tanh(z, out=z)
        z *= factor
        z += offset
        i, f, g, o = z.reshape(4, units, sequences)
        np.multiply(c[day], f, out=c[day + 1])
        c[day + 1] += np.multiply(i, g, out=taken)
        np.tanh(c[day + 1], out=tanh_c[day])
        np.multiply(tanh_c[day], o, out=h[day + 1])
    return Days(x, gates, c, h, tanh_c)


def gradient(layer: Layer, days: Days, d_h: Values) -> Layer:
    """Backpropagation through time: the derivative of a loss with respect to each parameter, over all sequences.

    As in `cell.py`, with sigmoid' = s·(1 - s) and tanh' = 1 - t²; `d_z` is by what stands inside a gate's activation.

    Args:
        layer, days: what `unroll` was given and what it gave.
        d_h: the loss's derivative with respect to the last h, shape (H, B).
    """
    count, _, sequences = days.gates.shape
    units = layer.w_h.shape[1]
    d_z = np.empty_like(days.gates)
    # By how much each z moves the cell state, or h in the output gate's rows: products that need no day before.
    i, f, g, o = days.gates.reshape(count, 4, units, sequences).swapaxes(0, 1)
    d_i, d_f, d_g, d_o = d_z.reshape(count, 4, units, sequences).swapaxes(0, 1)
    for gate, moved, by in ((i, d_i, g), (f, d_f, days.c[:-1]), (o, d_o, days.tanh_c)):
        np.subtract(1, gate, out=moved)
        moved *= gate
        moved *= by
    np.multiply(g, g, out=d_g)
    np.subtract(1, d_g, out=d_g)
    d_g *= i
    h_to_c = days.tanh_c * days.tanh_c
    np.subtract(1, h_to_c, out=h_to_c)
    h_to_c *= o
    d_c, by_h = np.zeros_like(d_h), np.empty_like(d_h)
    for day in reversed(range(count)):
        d_c += np.multiply(d_h, h_to_c[day], out=by_h)
        on_c = d_z[day].reshape(4, units, sequences)
        on_c[:3] *= d_c
        on_c[3] *= d_h
        d_h = layer.w_h.T @ d_z[day]
        d_c *= f[day]
    by_row = np.moveaxis(d_z, 1, 0).reshape(4 * units, -1)
    hidden = np.moveaxis(days.h[:-1], 1, 0).reshape(units, -1)
    return Layer(by_row @ days.x.reshape(-1, 1), by_row @ hidden.T, by_row.sum(axis=1))
