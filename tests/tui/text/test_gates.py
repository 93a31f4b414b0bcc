"""What the gates do on a day, in plain words, and where two companies differ."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_engine.lstm.trace import Trace
from tests.support.gates import EXAMPLE, choice, walk_through
from tests.support.script import prediction
from tui.text.gates import QUANTITIES, Choice, difference, in_words, within


@pytest.mark.parametrize(
    ("name", "day", "sentence"),
    [
        ("x", 0, "1 comes in; each gate weighs it beside the short-term memory 0.00"),
        ("x", 1, "0.5 comes in; each gate weighs it beside the short-term memory 0.02"),
        ("forget", 0, "would keep 50 % of the long-term memory, but nothing is remembered yet"),
        ("forget", 1, "keeps 94 % of the long-term memory 0.61, so that 0.57 stays"),
        ("input", 1, "lets 3 % of the candidate -0.20 into the long-term memory: -0.01"),
        ("candidate", 1, "proposes -0.20 for the long-term memory, of which the input gate lets 3 % in"),
        ("cell", 0, "nothing is remembered yet; adds 25 % of the candidate 0.80: 0.20 is remembered"),
        ("cell", 1, "keeps 94 % of the long-term memory 0.61, adds 3 % of the candidate -0.20: now 0.57"),
        ("output", 1, "shows 42 % of the long-term memory 0.57 (squashed to 0.51): 0.22"),
        ("hidden", 0, "the short-term memory 0.02 is what the gates of day 2 see"),
        ("hidden", 1, "the short-term memory 0.2157 is the prediction; observed 1.0000, off by -0.7843"),
    ],
)
def test_what_a_gate_does_on_a_day(name: str, day: int, sentence: str) -> None:
    assert in_words(EXAMPLE, choice(name, day), 1.0) == sentence


@given(st.integers(-9, 9), st.integers(-9, 9), st.integers(-9, 20), st.integers(1, 2), st.integers(1, 9))
def test_the_choice_stays_within_what_exists(place: int, day: int, quantity: int, companies: int, days: int) -> None:
    inside = within(Choice(place, day, quantity), companies, days)
    assert 0 <= inside.place < companies
    assert 0 <= inside.day < days
    assert 0 <= inside.quantity < len(QUANTITIES)
    assert within(inside, companies, days) == inside


def test_the_trained_network_carries_day_1_to_the_last_day() -> None:
    one, other = walk_through(5000)
    apart = difference(one.trace, other.trace)
    assert apart is not None
    assert (apart.day, QUANTITIES[apart.quantity].name) == (3, "cell")
    assert apart.values == pytest.approx((0.005, 2.405), abs=1e-3)


def test_the_untrained_one_has_forgotten_it_by_then() -> None:
    one, other = walk_through(0)
    apart = difference(one.trace, other.trace)
    assert apart is not None
    assert apart.day == 0


def test_equal_companies_differ_nowhere_and_neither_does_what_is_not_known() -> None:
    one = walk_through(5000)[0].trace
    assert difference(one, one) is None
    unknown = Trace(*(np.full(4, np.nan) for _ in Trace._fields))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert difference(unknown, unknown) is None


def test_the_last_hidden_state_is_the_prediction() -> None:
    for number, company in enumerate(walk_through(1200)):
        assert float(company.trace.hidden[-1]) == pytest.approx(prediction(1200, number), abs=1e-6)
