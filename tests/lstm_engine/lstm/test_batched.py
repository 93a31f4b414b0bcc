"""The unit for many companies at once against the unit for one."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_engine.lstm import batched as stacked
from lstm_engine.lstm import cell

NUMBERS = st.floats(-3, 3)
WEIGHTS = st.lists(NUMBERS, min_size=12, max_size=12)
ROW = st.tuples(NUMBERS, NUMBERS, NUMBERS)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@settings(deadline=None)  # the machine may be busy
@given(weights=WEIGHTS, companies=st.lists(st.tuples(ROW, NUMBERS), min_size=1, max_size=5))
def test_values_and_gradients_are_those_of_one_company_at_a_time(
    dtype: type, weights: list[float], companies: list[tuple[tuple[float, float, float], float]]
) -> None:
    rows, d_h = zip(*companies, strict=True)
    array = np.array(weights, dtype)
    together = stacked.unroll(array, np.array(rows, dtype).T)
    alone = [cell.unroll(weights, row) for row in rows]
    tolerance = 1e-9 if dtype is np.float64 else 2e-4

    def close(values: list[float]) -> object:
        return pytest.approx(values, abs=tolerance, rel=tolerance)

    for day in range(3):
        of_day = [trace[day] for trace in alone]
        for gate, values in zip("figo", together.gates[day], strict=True):
            assert values.tolist() == close([getattr(one, gate) for one in of_day])
        assert together.c[day + 1].tolist() == close([one.c for one in of_day])
        assert together.h[day + 1].tolist() == close([one.h for one in of_day])
    assert together.predictions.tolist() == close([trace[-1].h for trace in alone])
    gradients = [cell.gradient(weights, trace, one) for trace, one in zip(alone, d_h, strict=True)]
    sums = [math.fsum(column) for column in zip(*gradients, strict=True)]
    assert stacked.gradient(array, together, np.array(d_h, dtype)) == close(sums)


def test_the_gradient_leaves_what_it_is_given_alone() -> None:
    random = np.random.default_rng(1)
    weights, x, d_h = random.normal(size=12), random.normal(size=(4, 6)), random.normal(size=6)
    stack = stacked.unroll(weights, x)
    before = [array.copy() for array in (*stack, d_h)]
    first = stacked.gradient(weights, stack, d_h)
    assert stacked.gradient(weights, stack, d_h) == first
    assert all(np.array_equal(now, then) for now, then in zip((*stack, d_h), before, strict=True))
