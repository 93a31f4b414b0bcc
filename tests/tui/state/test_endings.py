"""How a session ends; which events end it is in test_reducer.py."""

from __future__ import annotations

from tests.support.script import READY, session_after, training
from tui.state.endings import failed, gone, logged
from tui.state.session import Failure
from tui.state.updates import EngineGone


def test_a_failure_takes_the_place_of_every_other_word() -> None:
    session = failed(session_after(training()), Failure("boom"))
    assert (session.state, session.failure, session.notice, session.log[-1]) == ("failed", Failure("boom"), "", "boom")


def test_an_engine_that_is_gone_for_a_known_reason_says_that() -> None:
    session = gone(session_after(training()), EngineGone(3, "it talks nonsense"))
    assert session.failure is not None
    assert session.failure.cause == "it talks nonsense"
    loading = gone(session_after([]), EngineGone(3))
    assert loading.failure is not None
    assert "before it was ready" in loading.failure.cause


def test_the_log_takes_a_text_line_by_line() -> None:
    session = logged(session_after([READY]), "one\ntwo")
    assert session.log[-2:] == ("one", "two")
    assert session.lines_logged == 3
    assert logged(session, "").log[-1] == ""
