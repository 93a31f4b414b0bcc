"""What if a parameter or an input were another: as pure functions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_engine.data.companies import WALK_THROUGH
from lstm_engine.errors import UserError
from lstm_engine.lstm.parameters import PARAMETERS
from lstm_engine.run.config import RunConfig
from tests.support.predictions import predicted
from tests.support.script import (
    READY,
    companies,
    epochs,
    opened,
    prediction,
    session_after,
    training,
)
from tui.state.session import Session
from tui.view.what_if import NOTHING, applied, changes_in_words, inputs_in, value_in, with_inputs, with_parameter


@pytest.mark.parametrize("model", ["by-hand", "nn-lstm"])
@given(st.data(), st.floats(-9, 9))
def test_predictions_follow_a_changed_parameter(model: str, data: st.DataObject, value: float) -> None:
    config = RunConfig(model=model)
    session = session_after(training(300, 400, config), config)
    name = data.draw(st.sampled_from([spec.name for spec in PARAMETERS[config.model]]))
    changed = applied(with_parameter(NOTHING, name, value), session)
    assert changed.history.predictions_at(-1) == pytest.approx(predicted(session, **{name: value}), abs=1e-6)
    index = [spec.name for spec in session.specs].index(name)
    assert changed.history.parameter(index).tolist() == pytest.approx([session.history.parameter(index)[0], value])


def test_predictions_follow_changed_inputs_of_that_company_alone() -> None:
    session = session_after(training())
    changed = applied(with_inputs(NOTHING, 0, WALK_THROUGH.days[1]), session)
    assert changed.history.predictions_at(-1)[0] == pytest.approx(prediction(1200, 1), abs=1e-6)
    assert changed.history.predictions_at(-1)[1] == pytest.approx(prediction(1200, 1), abs=1e-6)
    assert changed.config.data.days == (WALK_THROUGH.days[1], WALK_THROUGH.days[1])


def test_the_session_stays_as_it_is() -> None:
    session = session_after(training())
    before = session.history.rows.copy()
    applied(with_parameter(with_inputs(NOTHING, 0, (9.0,) * 4), "wlr1", 9.0), session)
    np.testing.assert_array_equal(session.history.rows, before)
    assert session.config.data is WALK_THROUGH
    assert applied(NOTHING, session) is session


def test_a_thousand_companies_at_once() -> None:
    config = RunConfig(data=companies(1000))
    session = session_after([READY, opened(config), epochs(0, 0, config)], config)
    changed = applied(with_parameter(NOTHING, "bo1", 1.0), session)
    assert changed.history.predictions_at(-1).shape == (1000,)


def test_a_change_replaces_the_one_before_and_is_changes_in_words_with_what_it_was() -> None:
    session = session_after(training())
    what_if = with_parameter(with_parameter(NOTHING, "wlr1", 1.0), "bo1", 2.0)
    what_if = with_inputs(with_parameter(what_if, "wlr1", 3.5), 1, (0.0, 0.5, 0.25, 1.0))
    assert changes_in_words(what_if, session) == (
        "bo1 is 2 instead of 0.1672, wlr1 is 3.5 instead of 1.3978, B has 0 0.5 0.25 1"
    )


@pytest.mark.parametrize("text", ["", "x", "nan", "inf", "1 2", "١"])
def test_a_value_is_a_number(text: str) -> None:
    with pytest.raises(UserError, match="is no value"):
        value_in(text)
    assert value_in(" -0.5 ") == -0.5


def test_a_value_must_fit_into_32_bits() -> None:
    with pytest.raises(UserError, match="“1e39” is too large: expected a number within the range of 32-bit floats"):
        value_in("1e39")
    assert value_in("2345678.5") == 2345678.5


@pytest.mark.parametrize("text", ["0 1", "0 1 2 3 4", ""])
def test_inputs_are_one_number_a_day(text: str) -> None:
    with pytest.raises(UserError, match="expected 4, one a day"):
        inputs_in(text, 4)
    assert inputs_in("0, 0.5,0.25  1", 4) == (0.0, 0.5, 0.25, 1.0)


def test_of_a_run_without_an_epoch_the_change_is_told_without_what_it_was() -> None:
    """A run that is being opened, while its history is read."""
    session = Session.loading(RunConfig(), 2000)
    assert changes_in_words(with_parameter(NOTHING, "wlr1", 2000.0), session) == "wlr1 is 2000"
