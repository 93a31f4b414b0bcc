"""The LSTM unit, written out: one day forward, all days forward, and the gradient back through all days by hand.

Twelve scalar parameters; suffix 1 weighs the hidden state h (the short-term memory), suffix 2 the input x, and b
is a bias:

    forget gate  f = sigmoid(h·wlr1 + x·wlr2 + blr1)
    input gate   i = sigmoid(h·wpr1 + x·wpr2 + bpr1)
    candidate    g = tanh(h·wp1 + x·wp2 + bp1)
    cell state   c' = c·f + i·g
    output gate  o = sigmoid(h·wo1 + x·wo2 + bo1)
    hidden state h' = tanh(c')·o

Source: Hochreiter & Schmidhuber, Long Short-Term Memory, 1997; forget gate: Gers, Schmidhuber & Cummins, Learning to
Forget, 2000.

The functions use nothing but arithmetic and the `sigmoid` and `tanh` they are given, so one text serves Python floats
(a training step of one company: 5 µs, where the same in tensor operations takes over 200), NumPy arrays (many
companies, or many epochs, at once) and torch tensors (autograd checks the gradient by hand).
"""

import math
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeAlias

#: A float, or an array or tensor of any one shape.
Value: TypeAlias = Any
#: wlr1 wlr2 blr1 · wpr1 wpr2 bpr1 · wp1 wp2 bp1 · wo1 wo2 bo1.
Weights: TypeAlias = Sequence[Value]
Activation: TypeAlias = Callable[[Value], Value]


def logistic(z: float) -> float:
    """sigmoid(z) = 1 / (1 + e^-z), in the form that cannot overflow."""
    return 0.5 + 0.5 * math.tanh(0.5 * z)


class Day(NamedTuple):
    """One day in the unit: what came in, what each gate said, what was remembered.

    x: input. h_before, c_before: hidden and cell state that came in.
    f, i, o: forget, input and output gate, 0 to 1. g: candidate, -1 to 1.
    tanh_c: tanh of the new cell state. c, h: the new cell and hidden state.
    """

    x: Value
    h_before: Value
    c_before: Value
    f: Value
    i: Value
    g: Value
    o: Value
    tanh_c: Value
    c: Value
    h: Value


def unit(
    weights: Weights,
    x: Value,
    h: Value,
    c: Value,
    sigmoid: Activation = logistic,
    tanh: Activation = math.tanh,
) -> Day:
    """One day through the unit.

    Args:
        weights: the twelve parameters.
        x: the day's input.
        h, c: hidden and cell state of the day before; 0 before the first.
        sigmoid, tanh: the activations for the kind of value that the others are.
    """
    wlr1, wlr2, blr1, wpr1, wpr2, bpr1, wp1, wp2, bp1, wo1, wo2, bo1 = weights
    f = sigmoid(h * wlr1 + x * wlr2 + blr1)
    i = sigmoid(h * wpr1 + x * wpr2 + bpr1)
    g = tanh(h * wp1 + x * wp2 + bp1)
    c_new = c * f + i * g
    o = sigmoid(h * wo1 + x * wo2 + bo1)
    tanh_c = tanh(c_new)
    return Day(x, h, c, f, i, g, o, tanh_c, c_new, tanh_c * o)


def unroll(
    weights: Weights,
    days: Sequence[Value],
    sigmoid: Activation = logistic,
    tanh: Activation = math.tanh,
) -> list[Day]:
    """All days through the unit, from h = c = 0; the last day's h is the prediction.

    Args:
        weights: the twelve parameters; floats, or arrays that broadcast with a day's input.
        days: the inputs, one a day.
    """
    h: Value = 0.0
    c: Value = 0.0
    trace = []
    for x in days:
        day = unit(weights, x, h, c, sigmoid, tanh)
        trace.append(day)
        h, c = day.h, day.c
    return trace


def gradient(weights: Weights, trace: Sequence[Day], d_h: Value) -> list[Value]:
    """Backpropagation through time: the derivative of a loss with respect to each of the twelve parameters.

    Derived from the formulas above with sigmoid' = s·(1 - s) and tanh' = 1 - t²; a name `d_f` is the derivative with
    respect to what stands inside f's sigmoid. Backpropagation through the unit: Gers, Schmidhuber & Cummins 2000;
    Werbos 1990 for the unrolling.

    Args:
        weights, trace: what `unroll` was given and what it gave.
        d_h: the loss's derivative with respect to the last h.

    Returns:
        In the order of the weights, each of the shape of `d_h`: for arrays the sum over the companies is still to do.
    """
    wlr1, _, _, wpr1, _, _, wp1, _, _, wo1, _, _ = weights
    d_wlr1 = d_wlr2 = d_blr1 = d_wpr1 = d_wpr2 = d_bpr1 = d_wp1 = d_wp2 = d_bp1 = d_wo1 = d_wo2 = d_bo1 = 0.0
    d_c: Value = 0.0
    for x, h, c, f, i, g, o, tanh_c, _, _ in reversed(trace):
        d_o = d_h * tanh_c * o * (1 - o)
        d_c = d_c + d_h * o * (1 - tanh_c * tanh_c)
        d_f = d_c * c * f * (1 - f)
        d_i = d_c * g * i * (1 - i)
        d_g = d_c * i * (1 - g * g)
        d_wlr1, d_wlr2, d_blr1 = d_wlr1 + d_f * h, d_wlr2 + d_f * x, d_blr1 + d_f
        d_wpr1, d_wpr2, d_bpr1 = d_wpr1 + d_i * h, d_wpr2 + d_i * x, d_bpr1 + d_i
        d_wp1, d_wp2, d_bp1 = d_wp1 + d_g * h, d_wp2 + d_g * x, d_bp1 + d_g
        d_wo1, d_wo2, d_bo1 = d_wo1 + d_o * h, d_wo2 + d_o * x, d_bo1 + d_o
        # What the day before is blamed for: its h through all four, its c through the forget gate alone.
        d_h = d_f * wlr1 + d_i * wpr1 + d_g * wp1 + d_o * wo1
        d_c = d_c * f
    return [d_wlr1, d_wlr2, d_blr1, d_wpr1, d_wpr2, d_bpr1, d_wp1, d_wp2, d_bp1, d_wo1, d_wo2, d_bo1]
