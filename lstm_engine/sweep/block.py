"""Members trained side by side: the arithmetic of the single run, operation by operation, on arrays of members.

Cell and gradient are in 64 bits, as `lstm.cell` has them in Python's floats; Adam is in 32, as in `models.flat_adam`.
NumPy's tanh differs from Python's in the last bits of 64; what that does to a gradient is rounded away in 32.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lstm_engine.data.companies import Companies

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]

_BETA1, _BETA2, _EPSILON = 0.9, 0.999, 1e-8
#: By gate, in the order of the parameters: sigmoid(z) is 1/2 + tanh(z / 2) / 2; the candidate is tanh(z).
_FACTOR = np.array([0.5, 0.5, 1.0, 0.5])[:, None]
_OFFSET = 1 - _FACTOR


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


class Training:
    """Trains blocks of one size on one table."""

    def __init__(self, data: Companies, members: int) -> None:
        # As the single run has its data: in 32 bits.
        self._days = np.array(data.days, np.float32).astype(np.float64)
        self._targets = np.array(data.targets, np.float32).astype(np.float64)
        days = self._days.shape[1]
        self._gates = np.empty((days, 4, members))
        self._c, self._h = (np.zeros((days + 1, members)) for _ in range(2))
        self._tanh_c = np.empty((days, members))
        self._d, self._z, self._product = (np.empty((4, members)) for _ in range(3))
        self._gradient = np.empty((4, 3, members))

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
            step += 1
            _adam_step(block, self._gradient.reshape(12, -1).astype(np.float32), float(step))
        loss: Floats = (squares / len(self._days)).astype(np.float32)
        return loss

    def _unroll(self, weights: Doubles, days: Doubles) -> Doubles:
        """The last hidden states; as `cell.unroll`."""
        w_h, w_x, bias = weights[:, 0], weights[:, 1], weights[:, 2]
        z, product = self._z, self._product
        for day, x in enumerate(days):
            gates = self._gates[day]
            np.multiply(self._h[day], w_h, out=z)
            z += np.multiply(x, w_x, out=product)
            z += bias
            z *= _FACTOR
            np.tanh(z, out=gates)
            gates *= _FACTOR
            gates += _OFFSET
            f, i, g, o = gates
            np.multiply(self._c[day], f, out=self._c[day + 1])
            self._c[day + 1] += np.multiply(i, g, out=product[0])
            np.tanh(self._c[day + 1], out=self._tanh_c[day])
            np.multiply(self._tanh_c[day], o, out=self._h[day + 1])
        last: Doubles = self._h[-1]
        return last

    def _go_back(self, weights: Doubles, days: Doubles, d_h: Doubles) -> None:
        """Puts the gradient into its place; as `cell.gradient`."""
        d, product = self._d, self._product
        one, other = product[0], product[1]
        self._gradient[...] = 0
        d_c = np.zeros_like(d_h)
        for day in reversed(range(len(days))):
            (f, i, g, o), tanh_c = self._gates[day], self._tanh_c[day]
            np.multiply(d_h, tanh_c, out=d[3])
            d[3] *= o
            d[3] *= np.subtract(1, o, out=one)
            np.multiply(d_h, o, out=one)
            np.multiply(tanh_c, tanh_c, out=other)
            one *= np.subtract(1, other, out=other)
            d_c += one
            np.multiply(d_c, self._c[day], out=d[0])
            d[0] *= f
            d[0] *= np.subtract(1, f, out=one)
            np.multiply(d_c, g, out=d[1])
            d[1] *= i
            d[1] *= np.subtract(1, i, out=one)
            np.multiply(d_c, i, out=d[2])
            np.multiply(g, g, out=one)
            d[2] *= np.subtract(1, one, out=one)
            self._gradient[:, 0] += np.multiply(d, self._h[day], out=product)
            self._gradient[:, 1] += np.multiply(d, days[day], out=product)
            self._gradient[:, 2] += d
            by_gate = np.multiply(d, weights[:, 0], out=product)
            d_h = by_gate[0] + by_gate[1] + by_gate[2] + by_gate[3]
            d_c *= f


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
