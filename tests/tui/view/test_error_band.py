"""How far apart many companies are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns, History
from tests.support.script import companies, session_after, training
from tui.state.session import Session
from tui.view.error_band import ErrorBand


def crowd_session(errors: np.ndarray) -> Session:
    """Companies that are off by `errors`, shape (epochs, companies)."""
    config = RunConfig(data=companies(errors.shape[1]))
    columns = Columns.of(config)
    rows = np.zeros((len(errors), columns.width), np.float32)
    rows[:, 1 : 1 + errors.shape[1]] = np.array(config.data.targets) + errors
    return replace(Session.loading(config, 10), history=History.from_rows(columns, rows))


def test_the_band_holds_the_middle_of_the_companies() -> None:
    low, high = ErrorBand().follow(crowd_session(np.tile(np.arange(11) / 10, (3, 1))))
    assert low[1:] == pytest.approx([0.01, 0.01], abs=1e-6)
    assert high[1:] == pytest.approx([0.81, 0.81], abs=1e-6)
    assert np.isnan([low[0], high[0]]).all()


def test_two_companies_have_no_band() -> None:
    assert ErrorBand().follow(session_after(training())) == ()


@given(st.lists(st.integers(1, 30), min_size=1, max_size=5))
def test_a_band_that_follows_is_the_band_of_the_whole(steps: list[int]) -> None:
    errors = np.random.default_rng(sum(steps)).normal(size=(sum(steps), 12))
    session, band = crowd_session(errors), ErrorBand()
    for length in np.cumsum(steps):
        grown = replace(session, history=session.history.truncated(int(length) - 1))
        followed = band.follow(grown)
    np.testing.assert_array_equal(followed, ErrorBand().follow(session))


def test_a_history_that_was_rewritten_has_another_band() -> None:
    band = ErrorBand()
    band.follow(crowd_session(np.full((4, 5), 0.5)))
    other = replace(crowd_session(np.full((6, 5), 0.1)), rewrites=3)
    assert band.follow(other)[1][1:] == pytest.approx(0.01)
