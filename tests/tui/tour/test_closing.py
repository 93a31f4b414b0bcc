"""What the tour says of luck is what a sweep finds, and what it says of long windows is what a training finds."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from lstm_engine.lstm.vector import Layer, Values, gradient, unroll
from tests.support.tour import told
from tui.tour.closing import SOLVED
from tui.tour.steps import STEPS


def test_the_share_is_that_of_the_readme() -> None:
    readme = Path(__file__).parents[3].joinpath("README.md").read_text()
    row = re.search(r"^normal +0\.001 +(\d+) +1000 ", readme, re.MULTILINE)
    assert row is not None
    assert round(int(row[1]) / 10) == SOLVED
    assert f"trained as it was to epoch 5000, {SOLVED} % come within 0.1" in told("Luck")
    assert "M trains many side by side" in told("Luck")


def test_the_tour_ends_with_how_to_go_on() -> None:
    assert [step.title for step in STEPS[-3:]] == ["Luck", "A longer window", "On your own"]
    assert "lstm-tui --data prices.csv" in told("On your own")


def test_what_the_gates_leave_of_day_1_is_reckoned() -> None:
    text = told("A longer window")
    assert "about half: 14 % of day 1 is left on day 4" in text
    assert round(0.5**19 * 1e6) == 2
    assert "On day 20 it would be 0.5^19, 2 in a million" in text
    opened = 1 / (1 + np.exp(-1))
    assert opened == pytest.approx(0.73, abs=0.005)
    assert (opened / 0.5) ** 19 == pytest.approx(1364, abs=0.5)
    assert "A bias of 1 keeps 73 %, 1364 times as much by then" in text


@pytest.mark.parametrize("bias", [0, 1])
def test_a_long_window_is_learned_with_the_bias_and_not_without(bias: int) -> None:
    """As told, of 16 units. An error of 1 is that of who knows nothing."""
    told_of = "most seeds learned in 1000 steps to say day 1 again on day 20; with 0, none did"
    assert told_of in told("A longer window")
    errors = [_error(seed, bias) for seed in range(3)]
    assert np.median(errors) < 0.2 if bias else min(errors) > 0.9, errors


def _error(seed: int, bias: int, units: int = 16, days: int = 20, steps: int = 1000) -> float:
    """The mean squared error, by the variance, of the last 100 steps; trained by Adam on 32 sequences a step."""
    random = np.random.default_rng(seed)
    bound = units**-0.5
    shapes = ((4 * units, 1), (4 * units, units), (4 * units,), (units,), (1,))
    parameters = [random.uniform(-bound, bound, shape).astype(np.float32) for shape in shapes]
    parameters[2][units : 2 * units] += bias
    means, squares = ([np.zeros_like(each) for each in parameters] for _ in range(2))
    errors = []
    for step in range(1, steps + 1):
        x: Values = random.standard_normal((days, 32)).astype(np.float32)
        w_x, w_h, b, head, offset = parameters
        layer = Layer(w_x, w_h, b)
        done = unroll(layer, x)
        last = done.h[-1]
        error = head @ last + offset - x[0]
        errors.append(float(np.square(error).mean()))
        d_y = 2 * error / len(error)
        slopes = (*gradient(layer, done, np.outer(head, d_y)), last @ d_y, d_y.sum())
        for each, mean, square, slope in zip(parameters, means, squares, slopes, strict=True):
            mean += 0.1 * (slope - mean)
            square += 0.001 * (slope * slope - square)
            each -= 0.003 * mean / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return float(np.mean(errors[-100:]))
