"""The LSTM layer of H units, written out as the one unit is: all days forward, and the gradient back by hand.

For every unit, with `·` over the units of the day before or over what goes in, the rows in PyTorch's order of gates:

    input gate   i = sigmoid(Ui·h + Wi·x + bi)
    forget gate  f = sigmoid(Uf·h + Wf·x + bf)
    candidate    g = tanh(Ug·h + Wg·x + bg)
    output gate  o = sigmoid(Uo·h + Wo·x + bo)
    cell state   c' = c * f + i * g
    hidden state h' = o * tanh(c')

Source: Hochreiter & Schmidhuber 1997, Gers, Schmidhuber & Cummins 2000; as `cell.py`, of which this is the form for
vectors. In NumPy, in the precision of what it is given; many sequences at once, each a column. NumPy's functions are
called with the array that the result goes into as their last argument.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy import add, matmul, multiply, subtract, tanh
from numpy.typing import NDArray

from lstm_engine.lstm.reused_arrays import ReusedArrays

#: Numbers of each gate that are worked on at once where days need not wait for each other: these stay in the cache.
_AT_ONCE = 16_384

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


def unroll(layer: Layer, x: Values, memory: ReusedArrays | None = None) -> Days:
    """All days through the layer, from h = c = 0; the last `h` is what a prediction is made of.

    Args:
        x: shape (T, B).
        memory: what is returned is in it, for as long as it is not given to another call.
    """
    memory = memory or ReusedArrays()
    count, sequences = x.shape
    units, dtype = layer.w_h.shape[1], layer.b.dtype
    # sigmoid(z) = 1/2 + tanh(z / 2) / 2 cannot overflow, and lets one call serve all four.
    half = np.array(0.5, dtype)
    factor = np.full((4 * units, 1), half)
    factor[2 * units : 3 * units] = 1
    w_x, w_h, b = layer.w_x * factor, layer.w_h * factor, layer.b[:, None] * factor
    gates = memory.array("gates", (count, 4 * units, sequences), dtype)
    c, h = (memory.array(name, (count + 1, units, sequences), dtype) for name in ("c", "h"))
    tanh_c = memory.array("tanh_c", (count, units, sequences), dtype)
    back, taken = np.empty_like(gates[0]), np.empty_like(c[0])
    c[0] = h[0] = 0
    for some in _some_days(count, units * sequences):
        multiply(w_x, x[some, None], gates[some])
        gates[some] += b
        after = slice(some.start + 1, some.stop + 1)
        by_gate = _by_gate(gates[some])
        sigmoids = gates[some, : 2 * units], gates[some, 3 * units :]
        states = c[some], h[some], c[after], h[after], tanh_c[some]
        for z, i, f, g, o, i_and_f, only_o, c_before, h_before, c_, h_, tanh_c_ in zip(
            gates[some], *by_gate, *sigmoids, *states, strict=True
        ):
            matmul(w_h, h_before, back)
            add(z, back, z)
            tanh(z, z)
            for sigmoid in (i_and_f, only_o):
                multiply(sigmoid, half, sigmoid)
                add(sigmoid, half, sigmoid)
            # c' = c * f + i * g
            multiply(c_before, f, c_)
            multiply(i, g, taken)
            add(c_, taken, c_)
            # h' = o * tanh(c')
            tanh(c_, tanh_c_)
            multiply(tanh_c_, o, h_)
    return Days(x, gates, c, h, tanh_c)


def gradient(layer: Layer, days: Days, d_h: Values, memory: ReusedArrays | None = None) -> Layer:
    """Backpropagation through time: the derivative of a loss with respect to each parameter, over all sequences.

    As in `cell.py`, with sigmoid' = s·(1 - s) and tanh' = 1 - t²; `d_z` is by what stands inside a gate's activation.

    Args:
        layer, days: what `unroll` was given and what it gave.
        d_h: the loss's derivative with respect to the last h, shape (H, B).
        memory: to work in; what is returned is not in it.
    """
    memory = memory or ReusedArrays()
    count, _, sequences = days.gates.shape
    units, dtype = layer.w_h.shape[1], days.gates.dtype
    by_row = _by_row(memory, "by_row", 4 * units, days)
    hidden = _by_row(memory, "hidden", units, days)
    hidden[:] = np.moveaxis(days.h[:-1], 1, 0)
    d_c, by_h, d_h_before = np.zeros_like(d_h), np.empty_like(d_h), np.empty_like(d_h)
    one = np.array(1, dtype)
    for some in reversed(list(_some_days(count, units * sequences))):
        gates, c, tanh_c = days.gates[some], days.c[some], days.tanh_c[some]
        d_z = memory.array("d_z", gates.shape, dtype)
        h_to_c = memory.array("h_to_c", tanh_c.shape, dtype)
        i, f, g, o = _by_gate(gates)
        d_i, d_f, d_g, d_o = _by_gate(d_z)
        # By how much each z moves the cell state, or h in the output gate's rows: products that need no day before.
        subtract(one, gates, d_z)
        multiply(d_z, gates, d_z)
        multiply(g, g, d_g)
        subtract(one, d_g, d_g)
        for moved, by in ((d_i, g), (d_f, c), (d_g, i), (d_o, tanh_c)):
            multiply(moved, by, moved)
        multiply(tanh_c, tanh_c, h_to_c)
        subtract(one, h_to_c, h_to_c)
        multiply(h_to_c, o, h_to_c)
        on_c = d_z[:, : 3 * units].reshape(len(d_z), 3, units, sequences)
        for of_day, of_c, of_h, to_c, kept in zip(*(each[::-1] for each in (d_z, on_c, d_o, h_to_c, f)), strict=True):
            multiply(d_h, to_c, by_h)
            add(d_c, by_h, d_c)
            multiply(of_c, d_c, of_c)
            multiply(of_h, d_h, of_h)
            d_h = matmul(layer.w_h.T, of_day, d_h_before)
            multiply(d_c, kept, d_c)
        by_row[:, some] = np.moveaxis(d_z, 1, 0)
    by_row, hidden = by_row.reshape(4 * units, -1), hidden.reshape(units, -1)
    return Layer(by_row @ days.x.reshape(-1, 1), by_row @ hidden.T, by_row.sum(axis=1))


def _some_days(count: int, numbers: int) -> Iterator[slice]:
    """The days in parts. numbers: of a gate on a day."""
    days = max(1, _AT_ONCE // numbers)
    return (slice(start, min(start + days, count)) for start in range(0, count, days))


def _by_gate(rows: Values) -> Values:
    """Rows of T days, shape (T, 4H, B), as i, f, g and o; shape (4, T, H, B)."""
    count, every, sequences = rows.shape
    return rows.reshape(count, 4, every // 4, sequences).swapaxes(0, 1)


def _by_row(memory: ReusedArrays, name: str, rows: int, days: Days) -> Values:
    """Room for a number of every row on every day and of every sequence, shape (rows, T, B).

    One sequence lies by day as it comes: in which order BLAS adds up, and so the last bits, depend on how they lie.
    """
    count, sequences = days.x.shape
    if sequences == 1:
        return memory.array(name, (count, rows, 1), days.gates.dtype).swapaxes(0, 1)
    return memory.array(name, (rows, count, sequences), days.gates.dtype)
