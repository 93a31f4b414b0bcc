"""The keys of training: what they ask, and what the source is told."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from lstm_engine.errors import UserError
from lstm_engine.script.vocabulary.answers import Paused, Refused
from lstm_engine.script.vocabulary.commands import (
    Go,
    Pause,
    SaveCheckpoint,
    ScaleLr,
    SetTarget,
    StopFit,
    WatchLayers,
)
from lstm_engine.script.vocabulary.fit_events import FitEnded
from lstm_engine.script.vocabulary.keeper_events import ScriptEnded
from tests.support.board_feed import FedSource, finished, gates, opening, paused, saved, training
from tests.support.board_hands import BoardHands, board
from tests.support.script import until
from tui.board.widgets.panel_chart import PanelChart
from tui.screens.questions import Question
from tui.state.told import Restart


async def answer(hands: BoardHands, text: str) -> None:
    await until(lambda: isinstance(hands.app.screen, Question) and hands.app.focused is not None)
    hands.app.screen.query_one(Input).value = text
    await hands.press("enter")
    await until(lambda: hands.app.screen is hands.screen)
    await hands.drawn()


async def test_space_pauses_and_goes_on_and_says_so_until_it_is_answered() -> None:
    source = FedSource()
    source.feed(training())
    async with board(source) as hands:
        await hands.press("space")
        (pause,) = source.sent
        assert isinstance(pause, Pause)
        assert hands.notice == "pauses behind the step that it is in"
        assert list(hands.board.asked) == [pause.id]
        await hands.feed(Paused(step=220, epoch=5, batch=20, id=pause.id))
        assert hands.notice == "paused behind step 220"
        assert not hands.board.asked
        await hands.press("space")
        assert isinstance(source.sent[-1], Go)
        assert source.sent[-1].id != pause.id


async def test_save_and_stop_are_sent_and_a_refusal_is_said() -> None:
    source = FedSource()
    source.feed(training())
    async with board(source) as hands:
        await hands.press("s")
        save = source.sent[-1]
        assert isinstance(save, SaveCheckpoint)
        await hands.feed(saved(221, exact=False, id=save.id))
        assert "not exact: the dataset is iterable" in hands.notice
        await hands.press("S")
        stop = source.sent[-1]
        assert isinstance(stop, StopFit)
        await hands.feed(Refused(command="stop_fit", reason="the fit has ended already", id=stop.id))
        assert hands.notice == "the fit has ended already"
        assert hands.board.alert


async def test_epochs_are_added_to_a_training_that_runs() -> None:
    source = FedSource()
    source.feed(training())
    async with board(source) as hands:
        await hands.press("a")
        await answer(hands, "5")
        target = source.sent[-1]
        assert isinstance(target, SetTarget)
        assert target.max_epochs == 15


async def test_after_the_end_a_new_process_adds_them() -> None:
    source = FedSource(sentence="calm-lake trains on")
    source.feed(finished())
    async with board(source) as hands:
        await hands.press("a")
        await answer(hands, "5")
        await until(lambda: source.restarts)
        assert source.restarts == [Restart(max_epochs=15)]
        await hands.drawn()
        assert hands.notice == "calm-lake trains on"


async def test_who_adds_epochs_behind_patience_is_told_of_it_first() -> None:
    source = FedSource()
    source.feed(
        [*training(), FitEnded(fit=0, reason="stopped", epoch=4, step=90, patience="no better x for 3 epochs")]
    )
    async with board(source) as hands:
        await hands.press("a")
        await until(lambda: isinstance(hands.app.screen, Question))
        question = hands.app.screen
        assert isinstance(question, Question)
        assert "Patience ended it: no better x for 3 epochs." in question._lines
        await answer(hands, "5")
        await until(lambda: source.restarts)
        assert source.restarts == [Restart(max_epochs=9)]


async def test_learning_rates_are_multiplied() -> None:
    source = FedSource()
    source.feed(paused())
    async with board(source) as hands:
        await hands.press("f")
        await answer(hands, "0.5")
        scale = source.sent[-1]
        assert isinstance(scale, ScaleLr)
        assert scale.factor == 0.5


@pytest.mark.parametrize(
    ("keys", "text", "restart"),
    [
        (("b",), "", Restart("/project/checkpoints/step=200.ckpt", branch=True, newest=True)),
        (("c", "down", "down", "b"), "20", Restart("/project/checkpoints/step=120.ckpt", max_epochs=20, branch=True)),
    ],
)
async def test_a_branch_begins_at_the_chosen_checkpoint_or_the_newest(
    keys: tuple[str, ...], text: str, restart: Restart
) -> None:
    source = FedSource()
    source.feed(training())
    async with board(source) as hands:
        await hands.press(*keys)
        await answer(hands, text)
        await until(lambda: source.restarts)
        assert source.restarts == [restart]


async def test_what_is_said_of_a_branch_follows_its_fate() -> None:
    source = FedSource(sentence="brave-fox branches off at step 200, in process 7")
    source.feed(training())
    async with board(source) as hands:
        await hands.press("b")
        await answer(hands, "")
        await until(lambda: hands.board.notice)
        await hands.drawn()
        assert hands.notice == "brave-fox branches off at step 200, in process 7"
        ended = ScriptEnded(status=1, last="Traceback\nFileNotFoundError: no such file")
        source.feed([*opening()[:2], ended], run="brave-fox")
        await hands.drawn()
        assert hands.notice == "branch brave-fox has failed: FileNotFoundError: no such file"
        assert hands.board.alert


async def test_a_branch_that_cannot_be_says_why() -> None:
    source = FedSource(refusal=UserError("the checkpoint is gone: expected the one of step 200"))
    source.feed(training())
    async with board(source) as hands:
        await hands.press("b")
        await answer(hands, "")
        await until(lambda: hands.board.alert)
        await hands.drawn()
        assert hands.notice == "the checkpoint is gone: expected the one of step 200"


async def test_a_question_that_is_closed_sends_nothing() -> None:
    source = FedSource()
    source.feed(training())
    async with board(source) as hands:
        for key in ("a", "f", "b"):
            await hands.press(key)
            await until(lambda: isinstance(hands.app.screen, Question))
            await hands.press("escape")
            await until(lambda: hands.app.screen is hands.screen)
        assert source.sent == []
        assert source.restarts == []


async def test_what_is_read_only_is_not_steered() -> None:
    source = FedSource(steers=False)
    source.feed(training())
    async with board(source) as hands:
        for key in ("space", "s", "a", "S", "f", "b"):
            await hands.press(key)
            assert "read-only" in hands.notice
        assert source.sent == []


async def test_statistics_of_layers_are_taken_while_somebody_looks() -> None:
    source = FedSource()
    source.feed(training())
    async with board(source) as hands:
        await hands.press("h")
        assert source.sent == []
        await hands.press("w")
        (watch,) = source.sent
        assert isinstance(watch, WatchLayers)
        assert (watch.seconds, watch.gates) == (10, False)


def gates_shown(hands: BoardHands) -> str:
    return "".join(hands.screen.query_one(PanelChart)._cells.glyphs.ravel().tolist())


async def test_gates_of_the_chosen_sequence_are_asked_for_while_their_panel_is_open() -> None:
    source = FedSource()
    source.feed([*training(), gates(40, samples=3)])
    async with board(source) as hands:
        await hands.press("n")
        assert hands.notice == "n is for gates and prices: g and p show them"
        await hands.press("g")
        assert "input:" in gates_shown(hands)
        await hands.press("n", "n")
        asked = [(watch.gates, watch.sample) for watch in source.sent if isinstance(watch, WatchLayers)]
        assert asked == [(True, 0), (True, 1), (True, 2)]
        assert "3 at the next validation" in gates_shown(hands)
        await hands.press("n", "g", "n")
        assert len(source.sent) == 4
