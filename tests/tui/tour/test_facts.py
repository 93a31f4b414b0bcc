"""The figures of the tour's texts are those of the run on screen, at the step's epoch."""

from __future__ import annotations

import numpy as np
import pytest

from lstm_engine.lstm.trace import trace
from lstm_engine.run.config import RunConfig
from tests.support.script import history, loss, prediction
from tests.support.tour import at_epoch
from tui.tour.facts import LOW_LOSS, Facts, KnownRun, low_at
from tui.tour.steps import BY_HAND

SESSION = at_epoch(5000)
FACTS = Facts(SESSION, 2000, {})


def test_a_figure_is_the_step_s_epoch_s_where_no_other_is_asked_for() -> None:
    assert FACTS.predicted(1) == pytest.approx(prediction(2000, 1))
    assert FACTS.predicted(1, 300) == pytest.approx(prediction(300, 1))
    assert FACTS.loss() == pytest.approx(loss(2000))
    assert FACTS.loss(300) == pytest.approx(loss(300))
    assert FACTS.loss_text() == f"{loss(2000):.4f}"
    assert FACTS.loss_text(300) == f"{loss(300):.4f}"


def test_both_are_told_and_how_far_they_are_apart() -> None:
    a, b = prediction(2000, 0), prediction(2000, 1)
    assert FACTS.both() == (f"{a:.4f}", f"{b:.4f}")
    assert FACTS.apart() == pytest.approx(b - a, abs=1e-6)
    assert FACTS.apart(300) == pytest.approx(prediction(300, 1) - prediction(300, 0), abs=1e-6)


def test_the_peak_is_the_largest_prediction_so_far() -> None:
    curve = history(5000).prediction(0)
    value, epoch = Facts(SESSION, 300, {}).peak(0)
    assert (value, epoch) == (curve[:301].max(), curve[:301].argmax())
    value, epoch = Facts(SESSION, 5000, {}).peak(1)
    assert epoch > 300, "what came after the step's epoch counts for a later step alone"


def test_the_days_are_those_of_the_epoch_s_parameters() -> None:
    for epoch, days in ((2000, FACTS.days(1)), (0, FACTS.days(1, 0))):
        expected = trace("by-hand", history(5000).parameters_at(epoch), BY_HAND.data.days[1])
        np.testing.assert_array_equal(days.hidden, expected.hidden)


def test_a_low_loss_is_the_first_one_up_to_the_step() -> None:
    first = low_at(SESSION)
    assert first is not None
    assert SESSION.history.loss[first] < LOW_LOSS <= SESSION.history.loss[1:first].min()
    assert low_at(SESSION, first) == first
    assert low_at(SESSION, first - 1) is None
    assert Facts(SESSION, first, {}).low_at() == first
    assert FACTS.low_at() is None


def test_another_run_s_low_loss_is_known_where_it_was_seen() -> None:
    other = RunConfig(lr=0.1)
    facts = Facts(SESSION, 2000, {other: KnownRun("/runs/other", 600, 77)})
    assert facts.low_at_in(other) == 77
    assert facts.low_at_in(RunConfig(seed=7)) is None


def test_what_is_left_of_day_1_is_what_every_later_gate_leaves() -> None:
    for epoch, said in ((None, FACTS.left(1)), (0, FACTS.left(1, 0))):
        gates = FACTS.days(1, epoch).forget
        assert said == f"{100 * gates[1] * gates[2] * gates[3]:.0f}\N{NO-BREAK SPACE}%"
    assert FACTS.left(1, 0) == "14\N{NO-BREAK SPACE}%"
