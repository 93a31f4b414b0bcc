"""The unit by hand against PyTorch: values against `nn.LSTM`, the gradient by hand against autograd."""

import math
from itertools import chain

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

from lstm_engine.lstm.cell import gradient, logistic, unroll

NUMBERS = st.floats(-3, 3)
WEIGHTS = st.lists(NUMBERS, min_size=12, max_size=12)
DAYS = st.lists(NUMBERS, min_size=1, max_size=12)


def same_in_pytorch(weights: list[float]) -> nn.LSTM:
    """`nn.LSTM` with the twelve weights in its own places: gate order i, f, g, o; the second bias 0."""
    lstm = nn.LSTM(1, 1, dtype=torch.float64)
    wlr1, wlr2, blr1, wpr1, wpr2, bpr1, wp1, wp2, bp1, wo1, wo2, bo1 = weights
    with torch.no_grad():
        lstm.weight_ih_l0[:, 0] = torch.tensor([wpr2, wlr2, wp2, wo2])
        lstm.weight_hh_l0[:, 0] = torch.tensor([wpr1, wlr1, wp1, wo1])
        lstm.bias_ih_l0[:] = torch.tensor([bpr1, blr1, bp1, bo1])
        lstm.bias_hh_l0[:] = 0
    return lstm


@given(weights=WEIGHTS, days=DAYS)
def test_every_hidden_state_and_the_last_cell_state_are_those_of_nn_lstm(
    weights: list[float], days: list[float]
) -> None:
    hidden, (_, cell) = same_in_pytorch(weights)(torch.tensor(days, dtype=torch.float64).view(-1, 1))
    trace = unroll(weights, days)
    assert [day.h for day in trace] == pytest.approx(hidden.flatten().tolist(), abs=1e-6)
    assert trace[-1].c == pytest.approx(cell.item(), abs=1e-6)


def test_the_gradient_by_hand_passes_gradcheck() -> None:
    class ByHand(torch.autograd.Function):
        @staticmethod
        def forward(ctx, days: torch.Tensor, *weights: torch.Tensor) -> torch.Tensor:
            ctx.weights = [weight.item() for weight in weights]
            ctx.trace = unroll(ctx.weights, days.tolist())
            return torch.tensor(ctx.trace[-1].h, dtype=torch.float64)

        @staticmethod
        def backward(ctx, d_h: torch.Tensor) -> tuple[torch.Tensor | None, ...]:
            by_hand = gradient(ctx.weights, ctx.trace, d_h.item())
            return None, *(torch.tensor(one, dtype=torch.float64) for one in by_hand)

    generator = torch.Generator().manual_seed(1)
    for length in (1, 2, 4, 9):
        weights = torch.randn(12, dtype=torch.float64, generator=generator).unbind()
        days = torch.randn(length, dtype=torch.float64, generator=generator)
        inputs = (days, *(weight.clone().requires_grad_() for weight in weights))
        assert torch.autograd.gradcheck(ByHand.apply, inputs)


@given(weights=WEIGHTS, days=DAYS, d_h=st.floats(-2, 2))
def test_the_gradient_by_hand_is_autograds(weights: list[float], days: list[float], d_h: float) -> None:
    leaves = [torch.tensor(weight, dtype=torch.float64, requires_grad=True) for weight in weights]
    unroll(leaves, days, torch.sigmoid, torch.tanh)[-1].h.backward(torch.tensor(d_h, dtype=torch.float64))
    by_hand = gradient(weights, unroll(weights, days), d_h)
    assert by_hand == pytest.approx([leaf.grad.item() for leaf in leaves], abs=1e-9)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@given(weights=WEIGHTS, companies=st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS), min_size=1, max_size=5))
def test_arrays_of_companies_agree_with_one_company_at_a_time(
    dtype: type, weights: list[float], companies: list
) -> None:
    columns = list(np.array(companies, dtype).T)

    def sigmoid(z: np.ndarray) -> np.ndarray:
        return 0.5 + 0.5 * np.tanh(0.5 * z)

    trace = unroll([dtype(weight) for weight in weights], columns, sigmoid, np.tanh)
    together = [one.sum() for one in gradient(weights, trace, np.ones(len(companies), dtype))]
    alone = [gradient(weights, unroll(weights, days), 1.0) for days in companies]
    tolerance = 1e-9 if dtype is np.float64 else 2e-4
    assert trace[-1].h.tolist() == pytest.approx([unroll(weights, days)[-1].h for days in companies], abs=tolerance)
    assert together == pytest.approx([math.fsum(column) for column in zip(*alone, strict=True)], abs=tolerance)


def test_the_logistic_function_never_overflows() -> None:
    assert [logistic(z) for z in (-1e308, -1000.0, 0.0, 1000.0, 1e308)] == [0, 0, 0.5, 1, 1]
    values = [logistic(z / 10) for z in range(-300, 301)]
    exact = [1 / (1 + math.exp(-z / 10)) for z in range(-300, 301)]
    assert values == pytest.approx(exact, abs=1e-15)
    assert math.isnan(logistic(math.nan))


def test_each_step_of_the_trace_hands_its_state_to_the_next() -> None:
    trace = unroll([0.1 * n for n in range(12)], [0.0, 0.5, 0.25, 1.0])
    handed = chain.from_iterable((day.h_before, day.c_before) for day in trace[1:])
    assert list(handed) == list(chain.from_iterable((day.h, day.c) for day in trace[:-1]))
    assert (trace[0].h_before, trace[0].c_before) == (0, 0)
