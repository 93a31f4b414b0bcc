"""The LSTM layer by hand as a module of PyTorch: forward and backward are `lstm.vector`'s, in NumPy."""

from __future__ import annotations

import weakref
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from lstm_engine.lstm.reused_arrays import ReusedArrays
from lstm_engine.lstm.vector import Days, Layer, gradient, unroll


class HandLSTM(nn.Module):
    """As `torch.nn.LSTM(1, hidden, batch_first=True)` with one bias a gate, in place of two that are only ever added.

    Its parameters have PyTorch's names, shapes and order of gates.
    """

    #: The module of PyTorch whose parameters these are, by which its gates can be computed from outside.
    parameters_like = "LSTM"

    input_size, num_layers, bias, batch_first, bidirectional, proj_size = 1, 1, True, True, False, 0
    bias_hh_l0 = None

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.hidden_size = hidden
        self.weight_ih_l0 = nn.Parameter(torch.empty(4 * hidden, 1))
        self.weight_hh_l0 = nn.Parameter(torch.empty(4 * hidden, hidden))
        self.bias_ih_l0 = nn.Parameter(torch.empty(4 * hidden))
        for parameter in self.parameters():
            nn.init.uniform_(parameter, -(hidden**-0.5), hidden**-0.5)
        self._memory = _Memory()

    def forward(self, sequences: Tensor) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """The last hidden states, shape (B, 1, hidden), and (those, the last cell states), each (1, B, hidden).

        sequences: shape (B, T, 1).
        """
        h, c = _Unrolled.apply(  # type: ignore[no-untyped-call]
            self._memory, sequences, self.weight_ih_l0, self.weight_hh_l0, self.bias_ih_l0
        )
        return h[:, None], (h[None], c[None])


class _Memory:
    """Of one pass at a time: a further one, while the first may still be asked for its gradient, has its own."""

    def __init__(self) -> None:
        self._arrays = ReusedArrays()
        self._gates: weakref.ref[Any] | None = None

    def unroll(self, layer: Layer, x: Any) -> tuple[Days, ReusedArrays]:
        is_free = self._gates is None or self._gates() is None
        arrays = self._arrays if is_free else ReusedArrays()
        days = unroll(layer, x, arrays)
        if is_free:
            self._gates = weakref.ref(days.gates)
        return days, arrays


class _Unrolled(torch.autograd.Function):
    """Gradients by the last hidden state alone: nothing else of it goes into a prediction."""

    @staticmethod
    def forward(ctx: Any, memory: _Memory, sequences: Tensor, *parameters: Tensor) -> tuple[Tensor, Tensor]:
        layer = Layer(*(parameter.detach().numpy() for parameter in parameters))
        with np.errstate(over="ignore", invalid="ignore"):  # a training that diverges is noticed by its loss
            days, arrays = memory.unroll(layer, np.ascontiguousarray(sequences.detach().numpy()[:, :, 0].T))
        h, c = (torch.from_numpy(states[-1].T.copy()) for states in (days.h, days.c))
        ctx.layer, ctx.days, ctx.arrays = layer, days, arrays
        ctx.mark_non_differentiable(c)
        return h, c

    @staticmethod
    def backward(ctx: Any, d_h: Tensor, _: Tensor) -> tuple[Tensor | None, ...]:
        with np.errstate(over="ignore", invalid="ignore"):
            found = gradient(ctx.layer, ctx.days, np.ascontiguousarray(d_h.numpy().T), ctx.arrays)
        return None, None, *(torch.from_numpy(each) for each in found)
