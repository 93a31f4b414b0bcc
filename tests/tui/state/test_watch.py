"""The session of a run that another process holds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from lstm_engine.protocol.messages import Refused
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import History
from lstm_engine.run.records import Parent
from tests.support.script import DIRECTORY, READY, RUN, history, opened, paused, session_after, training
from tui.state.elsewhere import Elsewhere
from tui.state.session import Saved, Session
from tui.state.updates import LookedOn
from tui.state.watch import watched

THERE = Elsewhere("node-17", 4711, per_second=500.0)
OVER = Elsewhere("node-17", 4711, is_held=False)


def look(epochs: int = 10, *, epoch: int = 0, elsewhere: Elsewhere = THERE, begins: bool = False) -> LookedOn:
    config = RunConfig(seed=7)
    return LookedOn(
        directory=Path(DIRECTORY),
        config=config,
        parent=Parent("old-oak", 3),
        history=history(epochs, config),
        epoch=epoch or epochs,
        target=20,
        resumes=(3,),
        saved=Saved("a.ckpt", epochs),
        elsewhere=elsewhere,
        begins=begins,
    )


def watching(epochs: int = 10) -> Session:
    return watched(session_after([]), look(epochs, begins=True))


@pytest.mark.parametrize("script", [[], [READY, Refused(command="open_run", reason="no", elsewhere=RUN)], paused()])
def test_the_screen_goes_over_to_the_run(script: list) -> None:
    session = watched(session_after(script), look(10, epoch=15, begins=True))
    assert (session.state, session.run, session.directory) == ("elsewhere", RUN, DIRECTORY)
    assert (session.history.last_epoch, session.epoch, session.target) == (10, 15, 20)
    assert (session.config.seed, session.parent, session.resumes) == (7, Parent("old-oak", 3), (3,))
    assert (session.saved, session.elsewhere, session.failure) == (Saved("a.ckpt", 10), THERE, None)
    assert (session.notice, session.alert) == ("", False)
    assert session.is_watched
    assert session.per_second == 500.0


def test_a_curve_that_grows_is_not_drawn_anew_and_one_that_changes_is() -> None:
    session = watching(10)
    grown = watched(session, look(15))
    assert (grown.history.last_epoch, grown.rewrites) == (15, session.rewrites)
    cut = watched(grown, look(12))
    assert (cut.history.last_epoch, cut.rewrites) == (12, session.rewrites + 1)
    other = replace(look(15), history=History.from_rows(cut.history.columns, history(15).rows + 1))
    assert watched(cut, other).rewrites == cut.rewrites + 1


def test_what_the_user_was_told_stays_while_the_curve_grows() -> None:
    session = replace(watching(10), notice="a sentence", alert=True)
    assert watched(session, look(15)).notice == "a sentence"


def test_its_end_is_said_once_and_a_new_beginning_takes_that_back() -> None:
    session = watched(watching(10), look(12, elsewhere=OVER))
    sentence = f"process 4711 on node-17 has ended: {RUN} is at epoch 12, space opens it here"
    assert (session.notice, session.alert, session.log[-1]) == (sentence, True, sentence)
    assert (session.is_watched, session.per_second) == (False, None)
    told = replace(session, notice="", alert=False)
    assert watched(told, look(12, elsewhere=OVER)) == told
    again = watched(session, look(13))
    assert (again.notice, again.is_watched) == ("", True)


def test_a_run_that_ended_before_the_first_look_is_said_to_have() -> None:
    session = watched(session_after([]), look(10, elsewhere=OVER, begins=True))
    assert "space opens it here" in session.notice


@pytest.mark.parametrize("script", [training(), paused(), [READY, opened(epoch=10)]])
def test_a_late_look_changes_nothing(script: list) -> None:
    """The run was opened meanwhile, or another one."""
    session = session_after(script)
    assert watched(session, look()) is session
    other = replace(watching(), directory="/runs/other")
    assert watched(other, look()) is other


def test_what_is_opened_here_afterwards_is_held_by_nobody_else() -> None:
    from tui.state.reducer import reduce

    session = reduce(watching(), look(12, elsewhere=OVER))
    session = reduce(session, opened(RunConfig(seed=7), epoch=12, target=20))
    assert (session.state, session.elsewhere, session.is_watched) == ("paused", None, False)
