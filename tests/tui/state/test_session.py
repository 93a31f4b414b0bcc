"""What follows from a session: what is on disk, and how far the charts reach."""

from __future__ import annotations

from lstm_engine.protocol.messages import Failed
from lstm_engine.run.config import RunConfig
from tests.support.script import READY, done, opened, ready, resumed, session_after, training
from tui.state.session import Session


def test_before_the_engine_has_said_a_word_there_is_nothing_but_what_was_asked_for() -> None:
    session = Session.loading(RunConfig(model="nn-lstm", seed=7), 300)
    assert (session.state, session.engine_alive, session.history.length, session.run) == ("loading", True, 0, None)
    assert (session.config.seed, len(session.specs)) == (7, 16)


def test_the_charts_reach_to_the_target_or_to_what_the_first_training_takes() -> None:
    assert [session_after(script).x_end for script in ([], ready(), training(1200, 2000), done(), resumed())] == [
        *(2000, 2000, 2000, 2000),
        3000,
    ]
    assert session_after([READY, opened(epoch=1500, target=1000)]).x_end == 1500


def test_after_a_failure_the_last_checkpoint_is_what_is_kept() -> None:
    failed = Failed(epoch=1201, cause="no")
    assert session_after(training(1200)).newest_kept == 1200
    assert session_after([*training(1200), failed]).newest_kept == 1000
    assert session_after([*ready(), failed]).newest_kept == 0
