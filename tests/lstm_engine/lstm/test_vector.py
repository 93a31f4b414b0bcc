"""The layer by hand against PyTorch's, and against the one unit."""

from __future__ import annotations

import sys

import numpy as np
import pytest
import torch

from lstm_engine.lstm import cell
from lstm_engine.lstm.reused_arrays import ReusedArrays
from lstm_engine.lstm.vector import Layer, gradient, unroll


@pytest.mark.parametrize(
    ("units", "days", "sequences"), [(1, 1, 1), (1, 20, 3), (8, 20, 5), (32, 12, 1), (128, 3, 2), (32, 9, 200)]
)
def test_days_and_gradient_are_autograd_s(units: int, days: int, sequences: int) -> None:
    torch.manual_seed(units)
    theirs = torch.nn.LSTM(1, units).double()
    x, d_h = torch.randn(days, sequences, 1).double(), torch.randn(sequences, units).double()
    _, (h, c) = theirs(x)
    (h[0] * d_h).sum().backward()
    biases = theirs.bias_ih_l0 + theirs.bias_hh_l0
    layer = Layer(*(each.detach().numpy() for each in (theirs.weight_ih_l0, theirs.weight_hh_l0, biases)))
    done = unroll(layer, x[:, :, 0].numpy())
    np.testing.assert_allclose(done.h[-1].T, h[0].detach(), rtol=1e-13, atol=1e-15)
    np.testing.assert_allclose(done.c[-1].T, c[0].detach(), rtol=1e-13, atol=1e-15)
    found = gradient(layer, done, d_h.numpy().T.copy())
    wanted = (theirs.weight_ih_l0.grad, theirs.weight_hh_l0.grad, theirs.bias_ih_l0.grad)
    for one, other in zip(found, wanted, strict=True):
        assert other is not None
        np.testing.assert_allclose(one, other, rtol=1e-11, atol=1e-13 * float(other.abs().max()))


def test_one_unit_is_the_unit() -> None:
    weights = np.random.default_rng(1).normal(size=12)
    forget, input_, candidate, output = weights.reshape(4, 3)
    rows = np.stack([input_, forget, candidate, output])
    layer = Layer(rows[:, 1:2], rows[:, 0:1], rows[:, 2])
    days = [0.0, 0.5, 0.25, 1.0]
    trace = cell.unroll(weights.tolist(), days)
    done = unroll(layer, np.array(days)[:, None])
    np.testing.assert_allclose(done.h[1:, 0, 0], [day.h for day in trace], rtol=1e-14)
    np.testing.assert_allclose(done.gates[:, :, 0], [[day.i, day.f, day.g, day.o] for day in trace], rtol=1e-14)
    found = gradient(layer, done, np.ones((1, 1)))
    by_gate = np.column_stack([found.w_h, found.w_x, found.b])[[1, 0, 2, 3]]
    np.testing.assert_allclose(by_gate.ravel(), cell.gradient(weights.tolist(), trace, 1.0), rtol=1e-12)


def test_it_keeps_to_32_bits_and_cannot_overflow() -> None:
    layer = Layer(np.full((4, 1), 1e30, np.float32), np.ones((4, 1), np.float32), np.zeros(4, np.float32))
    done = unroll(layer, np.array([[1.0], [-1.0]], np.float32))
    assert {each.dtype for each in done} == {np.dtype(np.float32)}
    assert all(np.isfinite(each).all() for each in done)
    assert {each.dtype for each in gradient(layer, done, np.ones((1, 1), np.float32))} == {np.dtype(np.float32)}


def test_memory_that_was_used_before_and_days_in_parts_change_no_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    random, memory = np.random.default_rng(0), ReusedArrays()
    for days, units, sequences in ((7, 5, 33), (3, 2, 4), (7, 5, 1), (9, 8, 12), (7, 5, 33)):
        drawn = (
            random.normal(size=shape).astype(np.float32) for shape in ((4 * units, 1), (4 * units, units), 4 * units)
        )
        layer = Layer(*drawn)
        x, d_h = (random.normal(size=size).astype(np.float32) for size in ((days, sequences), (units, sequences)))
        whole = unroll(layer, x)
        wanted = [*whole, *gradient(layer, whole, d_h)]
        with monkeypatch.context() as changed:
            changed.setattr(sys.modules[unroll.__module__], "_AT_ONCE", 2 * units * sequences)
            parts = unroll(layer, x, memory)
            found = [*parts, *gradient(layer, parts, d_h, memory)]
        assert [each.tobytes() for each in found] == [each.tobytes() for each in wanted]
