"""Members trained side by side: the arithmetic of the single run, operation by operation, on arrays of members.

Cell and gradient are in 64 bits, as `lstm.cell` has them in Python's floats; Adam is in 32, as in `models.flat_adam`.
NumPy's tanh differs from Python's in the last bits of 64. Rounded to 32, a gradient shows that only where it is next
to the middle between two of these; members with such a one are computed again, in floats.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from lstm_engine.data.companies import Companies
from lstm_engine.lstm import cell

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]

_BETA1, _BETA2, _EPSILON = 0.9, 0.999, 1e-8
#: By gate, in the order of the parameters: sigmoid(z) is 1/2 + tanh(z / 2) / 2; the candidate is tanh(z).
_FACTOR = np.array([0.5, 0.5, 1.0, 0.5])[:, None]
_OFFSET = 1 - _FACTOR

#: Of a 64-bit float's bits, those that are rounded away in 32; how near to their middle is too near: the difference in
#: tanh is some units of the last bit, and a gradient adds up a few of those.
_LOST, _NEAR = (1 << 29) - 1, 1 << 12


@dataclass
class Block:
    """Some members of a sweep, S of them, in mid-training. Changed in place.

    weights, m, v: the parameters, and Adam's means of the gradients and of their squares; shape (12, S).
    lr: learning rates, shape (S,). epoch: completed ones.
    losses: of the recorded epochs so far, shape (epochs, S). loss: of the last epoch, shape (S,); NaN before one.
    """

    weights: Floats
    m: Floats
    v: Floats
    lr: Doubles
    epoch: int
    losses: Floats
    loss: Floats

    @classmethod
    def of(cls, weights: Floats, lr: Doubles) -> Block:
        """Untrained. weights: shape (12, S)."""
        members = weights.shape[1]
        nothing = np.full(members, np.nan, np.float32)
        m, v = np.zeros_like(weights), np.zeros_like(weights)
        return cls(weights.copy(), m, v, lr, 0, np.empty((0, members), np.float32), nothing)


class _Day(NamedTuple):
    """What a day has in the cell, each of shape (S,), but for the gates: (4, S); as `cell.Day`."""

    gates: Doubles
    f: Doubles
    i: Doubles
    g: Doubles
    o: Doubles
    tanh_c: Doubles
    c_before: Doubles
    c: Doubles
    h_before: Doubles
    h: Doubles


class Training:
    """Trains blocks of one size on one table."""

    def __init__(self, data: Companies, members: int) -> None:
        # As the single run has its data: in 32 bits.
        self._days = np.array(data.days, np.float32).astype(np.float64)
        self._targets = np.array(data.targets, np.float32).astype(np.float64)
        days = self._days.shape[1]
        gates, tanh_c = np.empty((days, 4, members)), np.empty((days, members))
        c, h = (np.zeros((days + 1, members)) for _ in range(2))
        self._last = h[-1]
        # Views of each day's arrays, made once: to make them takes as long as to compute with them.
        self._steps = []
        for day in range(days):
            f, i, g, o = gates[day]
            self._steps.append(_Day(gates[day], f, i, g, o, tanh_c[day], c[day], c[day + 1], h[day], h[day + 1]))
        self._d, self._z, self._product = (np.empty((4, members)) for _ in range(3))
        self._gradient = np.empty((4, 3, members))
        self._bits = np.empty((12, members), np.int64)

    def train(self, block: Block, epoch: int, every: int) -> None:
        """To so many completed epochs; the loss of the first and of every `every`th is recorded."""
        recorded = []
        with np.errstate(all="ignore"):  # of a member that diverges
            while block.epoch < epoch:
                block.loss = self._train_epoch(block)
                block.epoch += 1
                if block.epoch % every == 0 or block.epoch == 1:
                    recorded.append(block.loss)
        block.losses = np.concatenate([block.losses, *(loss[None] for loss in recorded)])

    def predictions(self, weights: Floats) -> Floats:
        """Of every company and member; shape (companies, S)."""
        wide = weights.astype(np.float64).reshape(4, 3, -1)
        with np.errstate(all="ignore"):
            found = [self._unroll(wide, days).copy() for days in self._days]
        return np.array(found, np.float32)

    def _train_epoch(self, block: Block) -> Floats:
        squares: Any = 0.0
        step = block.epoch * len(self._days)
        for days, target in zip(self._days, self._targets, strict=True):
            weights = block.weights.astype(np.float64).reshape(4, 3, -1)
            residual = self._unroll(weights, days) - target
            squares = squares + residual * residual
            self._go_back(weights, days, 2 * residual)
            gradient = self._gradient.reshape(12, -1)
            for member in self._doubtful(gradient):
                gradient[:, member] = _in_floats(block.weights[:, member].tolist(), days.tolist(), float(target))
            step += 1
            _adam_step(block, gradient.astype(np.float32), float(step))
        loss: Floats = (squares / len(self._days)).astype(np.float32)
        return loss

    def _unroll(self, weights: Doubles, days: Doubles) -> Doubles:
        """The last hidden states; as `cell.unroll`."""
        w_h, w_x, bias = weights[:, 0], weights[:, 1], weights[:, 2]
        z, product, one = self._z, self._product, self._product[0]
        for x, day in zip(days, self._steps, strict=True):
            np.multiply(day.h_before, w_h, out=z)
            z += np.multiply(x, w_x, out=product)
            z += bias
            z *= _FACTOR
            gates = np.tanh(z, out=day.gates)
            gates *= _FACTOR
            gates += _OFFSET
            c = np.multiply(day.c_before, day.f, out=day.c)
            c += np.multiply(day.i, day.g, out=one)
            np.multiply(np.tanh(c, out=day.tanh_c), day.o, out=day.h)
        last: Doubles = self._last
        return last

    def _go_back(self, weights: Doubles, days: Doubles, d_h: Doubles) -> None:
        """Puts the gradient into its place; as `cell.gradient`."""
        d, product = self._d, self._product
        d_f, d_i, d_g, d_o = d
        one, other = product[0], product[1]
        by_role, w_h = [self._gradient[:, role] for role in range(3)], weights[:, 0]
        self._gradient[...] = 0
        d_c = np.zeros_like(d_h)
        for x, day in zip(days[::-1], self._steps[::-1], strict=True):
            f, i, g, o, tanh_c = day.f, day.i, day.g, day.o, day.tanh_c
            np.multiply(d_h, tanh_c, out=d_o)
            d_o *= o
            d_o *= np.subtract(1, o, out=one)
            np.multiply(d_h, o, out=one)
            np.multiply(tanh_c, tanh_c, out=other)
            one *= np.subtract(1, other, out=other)
            d_c += one
            np.multiply(d_c, day.c_before, out=d_f)
            d_f *= f
            d_f *= np.subtract(1, f, out=one)
            np.multiply(d_c, g, out=d_i)
            d_i *= i
            d_i *= np.subtract(1, i, out=one)
            np.multiply(d_c, i, out=d_g)
            np.multiply(g, g, out=one)
            d_g *= np.subtract(1, one, out=one)
            by_role[0] += np.multiply(d, day.h_before, out=product)
            by_role[1] += np.multiply(d, x, out=product)
            by_role[2] += d
            np.multiply(d, w_h, out=product)
            d_h = product[0] + product[1]
            d_h += product[2]
            d_h += product[3]
            d_c *= f

    def _doubtful(self, gradient: Doubles) -> list[int]:
        """The members with a gradient so near to the middle between two 32-bit floats that its last bits decide."""
        bits = np.add(gradient.view(np.int64), _NEAR - (_LOST + 1) // 2, out=self._bits)
        bits &= _LOST
        near = bits < 2 * _NEAR
        return np.flatnonzero(near.any(axis=0)).tolist() if near.any() else []


def _in_floats(weights: list[float], days: list[float], target: float) -> list[float]:
    """One member's gradient as the single run has it."""
    trace = cell.unroll(weights, days)
    found: list[float] = cell.gradient(weights, trace, 2 * (trace[-1].h - target))
    return found


def _adam_step(block: Block, gradient: Floats, step: float) -> None:
    """As `FlatAdam.step`; step: its number, from 1."""
    m, v = block.m, block.v
    m *= np.float32(_BETA1)
    m += np.float32(1 - _BETA1) * gradient
    v *= np.float32(_BETA2)
    v += np.float32(1 - _BETA2) * gradient * gradient
    rate = (block.lr / (1 - _BETA1**step)).astype(np.float32)
    scaled = np.sqrt(v / np.float32(1 - _BETA2**step)) + np.float32(_EPSILON)
    block.weights -= rate * m / scaled
