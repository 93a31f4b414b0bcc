"""A command is open until an event with its id answers it; what an answer says becomes the state."""

from __future__ import annotations

import pytest

from lstm_engine.script.vocabulary.answers import Going, LrScaled, Paused, Refused, Stopping, TargetChanged
from lstm_engine.script.vocabulary.commands import Pause, SaveCheckpoint
from lstm_engine.script.vocabulary.events import Event
from tests.support.board_feed import saved, training
from tui.board.state.board import Board
from tui.board.state.reducer import asked, reduce, told
from tui.state.told import Told


def at_work() -> Board:
    board = told(Board("calm-lake"), Told("calm-lake", training()))
    return asked(board, Pause(id="7"), "pauses")


@pytest.mark.parametrize(
    ("answer", "state", "words"),
    [
        (Paused(step=220, epoch=5, id="7"), "paused", "paused behind step 220"),
        (Going(step=220, id="7"), "training", "goes on"),
        (Stopping(step=220, id="7"), "stopping", ""),
        (TargetChanged(max_epochs=12, id="7"), "training", "until 12 epochs"),
        (TargetChanged(id="7"), "training", "without an end"),
        (LrScaled(step=220, factor=0.1, lr={"Adam": 0.001}, id="7"), "training", "× 0.1"),
        (Refused(command="pause", reason="it is too late", id="7"), "training", "it is too late"),
    ],
)
def test_an_answer_closes_its_command_and_says_what_is(answer: Event, state: str, words: str) -> None:
    board = reduce(at_work(), answer)
    assert board.asked == {}
    assert board.state == state
    assert words in board.notice
    assert board.alert == isinstance(answer, Refused)


def test_an_answer_to_somebody_else_leaves_ours_open() -> None:
    board = reduce(at_work(), Paused(step=220, epoch=5, id="another"))
    assert list(board.asked) == ["7"]
    assert board.state == "paused"


def test_what_an_answer_changes_is_shown() -> None:
    assert reduce(at_work(), TargetChanged(max_epochs=12)).progress.max_epochs == 12
    assert reduce(at_work(), LrScaled(step=1, factor=0.1, lr={"Adam": 0.001})).lr == {"Adam": 0.001}


@pytest.mark.parametrize(("exact", "words"), [(True, "is exact"), (False, "not exact: the dataset is iterable")])
def test_a_checkpoint_that_was_asked_for_says_whether_going_on_is_exact(exact: bool, words: str) -> None:
    board = asked(at_work(), SaveCheckpoint(id="8"), "saves")
    board = reduce(board, saved(220, exact=exact, id="8"))
    assert list(board.asked) == ["7"]
    assert words in board.notice
    assert board.checkpoints[-1].step == 220


def test_a_checkpoint_that_nobody_here_asked_for_says_nothing() -> None:
    before = at_work()
    assert reduce(before, saved(240)).notice == before.notice
