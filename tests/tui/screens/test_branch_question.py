"""The question for a branch: what stands in it, what it refuses, what it asks for."""

from __future__ import annotations

import msgspec
import pytest
from textual.widgets import Input, Label

from lstm_engine.protocol.messages import Branch, Event, Failed
from lstm_engine.run.config import RunConfig
from lstm_engine.run.records import Parent
from tests.support.hands import Hands, dashboard
from tests.support.script import (
    READY,
    RUN,
    Bench,
    checkpoint,
    done,
    opened,
    paused,
    ready,
    training,
    until,
)
from tests.support.soak import first
from tui.screens.branch_question import BranchQuestion


async def branch_question(hands: Hands) -> tuple[Input, Input]:
    """The two fields of the dialog: epoch, learning rate."""
    await hands.press("b")
    await until(lambda: isinstance(hands.app.screen, BranchQuestion) and hands.app.focused is not None)
    return hands.app.screen.query_one("#epoch", Input), hands.app.screen.query_one("#lr", Input)


async def test_b_branches_at_the_current_epoch_with_the_learning_rate_typed() -> None:
    async with dashboard(Bench(done())) as hands:
        epoch, lr = await branch_question(hands)
        assert (epoch.value, lr.value) == ("2000", "0.001")
        await hands.press(*["0", "full_stop", "1"], "enter")
        await hands.closed()
        assert hands.bench.asked == [Branch(epoch=2000, lr=0.1, epochs=1000)]
        branch = opened(RunConfig(lr=0.1), epoch=2000)
        await hands.say(msgspec.structs.replace(branch, run="new-leaf", parent=Parent(RUN, 2000)))
        assert (hands.session.run, hands.session.notice) == ("new-leaf", "branch of calm-lake at 2000")
        await until(lambda: hands.session.history.last_epoch == 2000)


async def test_a_branch_of_a_branch_says_up_to_where_it_is_another_run() -> None:
    """Two runs trained it, maybe at two learning rates, and the new one has one."""
    async with dashboard(
        Bench([READY, msgspec.structs.replace(opened(epoch=2000), parent=Parent("old-oak", 900))])
    ) as hands:
        await branch_question(hands)
        told = [str(label.content) for label in hands.app.screen.query(Label)]
        assert "Up to epoch 900 it is old-oak, trained as that run was." in told


async def test_a_branch_from_an_earlier_epoch() -> None:
    async with dashboard(Bench(paused())) as hands:
        await branch_question(hands)
        await hands.press("shift+tab", *"800", "enter")
        await hands.closed()
        assert hands.bench.asked == [Branch(epoch=800, lr=0.001, epochs=800)]


async def test_a_learning_rate_that_is_left_alone_is_the_parents_to_the_last_digit() -> None:
    lr = 0.0006983372960937497
    async with dashboard(Bench([READY, opened(RunConfig(lr=lr), epoch=10)])) as hands:
        await branch_question(hands)
        await hands.press("enter")
        await hands.closed()
        assert [command.lr for command in hands.bench.asked if isinstance(command, Branch)] == [lr]


async def test_a_branch_need_not_be_trained_at_once() -> None:
    async with dashboard(Bench(done())) as hands:
        await branch_question(hands)
        await hands.press("tab", "0", "enter")
        await hands.closed()
        assert hands.bench.asked == [Branch(epoch=2000, lr=0.001)]


async def test_the_time_cursor_says_from_which_epoch() -> None:
    async with dashboard(Bench(done())) as hands:
        await hands.press("home", "right_square_bracket", "right_square_bracket")
        epoch, _ = await branch_question(hands)
        assert epoch.value == "2"


async def test_after_a_failure_a_branch_begins_where_the_run_is_saved() -> None:
    async with dashboard(Bench(training())) as hands:
        await hands.say(Failed(epoch=1201, cause="no", checkpoint=checkpoint(1000)))
        epoch, _ = await branch_question(hands)
        assert epoch.value == "1000"


@pytest.mark.parametrize(
    ("keys", "told", "field"),
    first(
        3,
        [
            (["x"], "is no learning rate", "lr"),
            (["0"], "learning rate is 0.0", "lr"),
            (["minus", "1"], "learning rate is -1.0", "lr"),
            (["n", "a", "n"], "learning rate is nan", "lr"),
            (["backspace"], "is no learning rate", "lr"),
            (["tab", "x"], "is no number of epochs", "epochs"),
            (["tab", "minus", "1"], "is no number of epochs", "epochs"),
            (["shift+tab", *"2001"], "has not happened yet: expected 0 to 2000", "epoch"),
            (["shift+tab", "x"], "is no epoch", "epoch"),
            (["shift+tab", "minus", "1"], "is no epoch", "epoch"),
        ],
        several=True,
    ),
)
async def test_a_bad_branch_is_refused_in_place(keys: list[str], told: str, field: str) -> None:
    async with dashboard(Bench(done())) as hands:
        await branch_question(hands)
        await hands.press(*keys, "enter")
        assert told in str(hands.app.screen.query_one("#refusal", Label).content)
        assert hands.app.focused is hands.app.screen.query_one(f"#{field}")
        assert hands.bench.asked == []
        await hands.press("escape")
        await hands.closed()
        assert hands.bench.asked == []


@pytest.mark.parametrize(
    ("script", "told"),
    [(ready(), "nothing to branch from yet: space trains"), ([READY], "PyTorch is still loading")],
)
async def test_b_where_there_is_nothing_to_branch_from_says_so(script: list[Event], told: str) -> None:
    async with dashboard(Bench(script)) as hands:
        await hands.press("b")
        assert hands.session.notice == told
        assert not isinstance(hands.app.screen, BranchQuestion)


async def test_b_without_an_engine_says_so() -> None:
    async with dashboard(Bench(training())) as hands:
        hands.bench.engine.end(-9)
        await until(lambda: hands.session.state == "failed")
        await hands.press("b")
        assert "space starts a new one" in hands.session.notice
