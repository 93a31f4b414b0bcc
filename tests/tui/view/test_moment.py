"""What the panels show: the epoch in sight, with what is tried there."""

from __future__ import annotations

import numpy as np

from lstm_engine.run.config import RunConfig
from tests.support.script import prediction, resumed, session_after
from tui.state.session import Session
from tui.view.moment import moment
from tui.view.timeline import Timeline
from tui.view.what_if import NOTHING, with_parameter


def test_live_it_is_the_session() -> None:
    session = session_after(resumed())
    seen = moment(session, Timeline(), NOTHING)
    assert seen.at_epoch is session
    assert seen.with_what_if is session
    assert (seen.title_suffix, seen.changes) == ("", "")


def test_under_the_cursor_the_epoch_is_the_newest_one() -> None:
    session = session_after(resumed())
    seen = moment(session, Timeline(cursor=1200), NOTHING)
    assert seen.session is session
    assert seen.at_epoch.history.last_epoch == 1200
    assert float(seen.with_what_if.history.prediction(1)[-1]) == np.float32(prediction(1200, 1))
    assert (seen.title_suffix, seen.changes) == (" at epoch 1200", "")


def test_a_what_if_changes_what_is_shown_alone() -> None:
    session = session_after(resumed())
    seen = moment(session, Timeline(cursor=1200), with_parameter(NOTHING, "wlr1", 9.0))
    assert float(seen.at_epoch.history.prediction(0)[-1]) == np.float32(prediction(1200))
    assert float(seen.with_what_if.history.prediction(0)[-1]) != np.float32(prediction(1200))
    assert seen.title_suffix == " at epoch 1200, what-if"
    assert seen.changes == "wlr1 is 9 instead of 1.3978"


def test_a_what_if_of_a_run_without_an_epoch_has_nothing_beside_it() -> None:
    """A run that is being opened, while its history is read."""
    now = moment(Session.loading(RunConfig(), 2000), Timeline(), with_parameter(NOTHING, "wlr1", 2000.0))
    assert now.before is None
    assert now.changes == "wlr1 is 2000"
