"""How a session ends; which events end it is in test_reducer.py."""

from __future__ import annotations

import msgspec
import pytest

from lstm_engine.protocol.messages import Failed, Stopped
from tests.support.script import DIRECTORY, READY, RUN, checkpoint, done, paused, session_after, training
from tui.state.endings import failed, gone, logged, stopped
from tui.state.session import Failure
from tui.state.updates import EngineGone

STOPPED = Stopped(run=RUN, directory=DIRECTORY, epoch=1300, checkpoint=checkpoint(1300), signal="SIGTERM")
ENDED = "the engine was ended (SIGTERM) after saving epoch 1300"


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


@pytest.mark.parametrize(
    ("script", "state", "notice"),
    [
        (done(), "finished", f"{ENDED}: space opens it again"),
        ([*training(), Failed(epoch=1201, cause="boom")], "failed", f"{ENDED}: space tries again with a new engine"),
        (paused(), "stopped", f"{ENDED}: space goes on"),
    ],
    ids=["finished", "failed", "paused"],
)
def test_a_run_that_had_ended_before_its_engine_is_what_it_was(script: list, state: str, notice: str) -> None:
    """As lists have it, which go by what is on disk."""
    before = session_after(script)
    event = msgspec.structs.replace(STOPPED, epoch=before.epoch)
    notice = notice.replace("1300", str(before.epoch))
    session = gone(stopped(before, event), EngineGone(0))
    assert (session.state, session.notice, session.failure) == (state, notice, before.failure)


def test_an_engine_that_has_saved_nothing_of_what_it_trained_is_a_failure() -> None:
    lost = Stopped(run=None, directory=None, epoch=0, checkpoint=None, problem="the run's folder is gone")
    session = gone(stopped(session_after(training()), lost), EngineGone(0))
    assert session.state == "failed"
    assert session.failure is not None
    assert session.failure.cause.startswith("the engine ended by itself; the run's folder is gone")


def test_the_log_takes_a_text_line_by_line() -> None:
    session = logged(session_after([READY]), "one\ntwo")
    assert session.log[-2:] == ("one", "two")
    assert session.lines_logged == 3
    assert logged(session, "").log[-1] == ""
