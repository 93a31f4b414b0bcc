"""The keys that train, pause, add, reseed and save, pressed in a dashboard on scripted events."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.widgets import Label

from lstm_engine.protocol.attendance import Detach, Detached, Steered, Watchers
from lstm_engine.protocol.messages import (
    AddEpochs,
    CheckpointSaved,
    Event,
    Failed,
    OpenRun,
    Pause,
    Paused,
    Quit,
    Refused,
    Reseed,
    Save,
    Stopped,
    Train,
)
from lstm_engine.run.config import RunConfig
from tests.support.hands import dashboard
from tests.support.script import (
    DIRECTORY,
    READY,
    RUN,
    Bench,
    attached,
    checkpoint,
    done,
    epochs,
    opened,
    paused,
    ready,
    started,
    training,
    until,
)
from tests.support.soak import first
from tui.screens.questions import Question
from tui.text.sentences import OTHERS_TRAIN
from tui.widgets.failure_panel import FailurePanel


async def test_space_trains_an_untrained_model() -> None:
    async with dashboard(Bench(ready())) as hands:
        await hands.press("space")
        assert hands.bench.asked == [Train(epochs=2000)]


async def test_space_pauses() -> None:
    async with dashboard(Bench(training())) as hands:
        await hands.press("space")
        assert hands.bench.asked == [Pause()]
        assert "pausing" in hands.session.notice


async def test_space_goes_on_to_the_target() -> None:
    async with dashboard(Bench(paused())) as hands:
        await hands.press("space")
        assert hands.bench.asked == [Train()]


async def test_space_on_a_finished_run_asks_how_many_epochs_to_add() -> None:
    async with dashboard(Bench(done())) as hands:
        await hands.press("space")
        assert (await hands.question()).value == "1000"


async def test_space_after_a_failure_tries_again() -> None:
    failed = Failed(epoch=1201, cause="the loss is not a number", checkpoint=checkpoint(1000))
    async with dashboard(Bench([*training(), failed])) as hands:
        await hands.press("space")
        assert hands.bench.asked == [Train()]


async def test_space_while_loading_says_why_not() -> None:
    async with dashboard(Bench([])) as hands:
        await hands.press("space")
        assert hands.session.notice == "PyTorch is still loading"


async def test_space_after_the_engine_died_starts_a_new_one_that_goes_on() -> None:
    async with dashboard(Bench(training())) as hands:
        hands.bench.engine.end(-9)
        await until(lambda: hands.session.state == "failed")
        assert "signal 9" in hands.screen.query_one(FailurePanel).render().plain  # type: ignore[union-attr]
        await hands.press("space")
        await until(lambda: len(hands.bench.engines) == 2)
        assert hands.session.state == "loading"
        await hands.say(READY, opened(epoch=1000, target=2000))
        assert hands.bench.engine.commands == [OpenRun(source=DIRECTORY), Train()]
        assert hands.session.history.last_epoch == 1000
        await hands.say(started(1000, 2000), epochs(1001, 1100))
        assert (hands.session.state, hands.session.epoch) == ("training", 1100)


@pytest.mark.parametrize("script", [training(), done()], ids=["training", "finished"])
async def test_space_after_another_has_ended_the_engine_opens_the_run_with_a_new_one(script: list[Event]) -> None:
    stopped = Stopped(run=RUN, directory=DIRECTORY, epoch=2000 if script == done() else 1000, checkpoint=None)
    async with dashboard(Bench(script)) as hands:
        target = hands.session.target
        await hands.say(Steered(command="quit"), stopped)
        hands.bench.engine.end(0)
        await until(lambda: not hands.session.engine_alive)
        assert hands.session.state == ("finished" if script == done() else "stopped")
        await hands.press("space")
        await until(lambda: len(hands.bench.engines) == 2)
        await hands.say(READY, opened(epoch=hands.session.epoch, target=target))
        asked = [OpenRun(source=DIRECTORY)] if script == done() else [OpenRun(source=DIRECTORY), Train()]
        assert hands.bench.engine.commands == asked


async def test_space_after_a_refusal_to_open_asks_again() -> None:
    refused = Refused(command="open_run", reason="there is no run 'lost'")
    async with dashboard(Bench([READY, refused], source="lost")) as hands:
        assert hands.session.failure is not None
        assert hands.session.failure.cause == "there is no run 'lost'"
        await hands.press("space")
        assert hands.bench.engine.commands == [OpenRun(source="lost")] * 2


async def test_space_on_a_run_that_another_process_has_looks_again_and_trains_nothing() -> None:
    refused = Refused(command="open_run", reason="run lost trains elsewhere", elsewhere="lost")
    async with dashboard(Bench([READY, refused], source="lost")) as hands:
        assert hands.session.state == "elsewhere"
        for key in "asrb":
            await hands.press(key)
            assert "open elsewhere" in hands.session.notice
        await hands.press("space")
        await hands.say(opened(epoch=1000, target=2000))
        assert hands.bench.engine.commands == [OpenRun(source="lost")] * 2
        assert hands.session.state == "paused"


async def test_space_after_another_run_could_not_be_opened_opens_the_one_on_screen() -> None:
    async with dashboard(Bench(training(), folder=None)) as hands:
        hands.bench.engine.end(-9)
        await until(lambda: hands.session.state == "failed")
        hands.bench.app._controls._training.open(OpenRun(source="other"))  # type: ignore[union-attr]
        await until(lambda: len(hands.bench.engines) == 2)
        await hands.say(READY, Refused(command="open_run", reason="no", elsewhere="other"))
        assert (hands.session.run, hands.session.history.last_epoch) == ("calm-lake", 1200)
        await hands.press("space")
        assert hands.bench.engine.commands == [OpenRun(source="other"), OpenRun(source=DIRECTORY)]


@pytest.mark.parametrize("script", [training(), paused(), done()], ids=["training", "paused", "finished"])
async def test_a_adds_the_epochs_typed(script: list[Event]) -> None:
    async with dashboard(Bench(script)) as hands:
        await hands.press("a")
        await hands.question()
        await hands.press(*"250", "enter")
        await hands.closed()
        assert hands.bench.asked == [AddEpochs(epochs=250)]


async def test_a_before_any_training_trains_that_many() -> None:
    async with dashboard(Bench(ready())) as hands:
        await hands.press("a")
        await hands.question()
        await hands.press("enter")
        await hands.closed()
        assert hands.bench.asked == [Train(epochs=1000)]


async def test_a_remembers_the_last_answer() -> None:
    async with dashboard(Bench(done())) as hands:
        await hands.press("a")
        await hands.question()
        await hands.press(*"2000", "enter")
        await hands.closed()
        await hands.press("a")
        assert (await hands.question()).value == "2000"


@pytest.mark.parametrize("typed", first(2, ["0", "x", "1.5", "-3", "9999999999"]))
async def test_a_refuses_in_place_what_is_no_number_of_epochs(typed: str) -> None:
    async with dashboard(Bench(done())) as hands:
        await hands.press("a")
        await hands.question()
        await hands.press(*(key.replace("-", "minus").replace(".", "full_stop") for key in typed), "enter")
        assert isinstance(hands.app.screen, Question)
        assert "whole number" in str(hands.app.screen.query_one("#refusal", Label).content)
        assert hands.bench.asked == []
        await hands.press(*"12", "enter")
        await hands.closed()
        assert hands.bench.asked == [AddEpochs(epochs=12)]


@pytest.mark.parametrize("key", ["a", "r"])
async def test_escape_closes_a_dialog_and_asks_nothing(key: str) -> None:
    async with dashboard(Bench(done())) as hands:
        await hands.press(key)
        await hands.question()
        await hands.press("escape")
        await hands.closed()
        assert hands.bench.asked == []


@pytest.mark.parametrize(("typed", "seed"), [("", None), ("7", 7), ("0", 0)])
async def test_r_starts_again_with_another_seed(typed: str, seed: int | None) -> None:
    async with dashboard(Bench(done())) as hands:
        await hands.press("r")
        await hands.question()
        await hands.press(*typed, "enter")
        await hands.closed()
        assert hands.bench.asked == [Reseed(seed=seed)]


async def test_r_refuses_a_seed_that_is_too_large() -> None:
    async with dashboard(Bench(done())) as hands:
        await hands.press("r")
        await hands.question()
        await hands.press(*"4294967296", "enter")
        assert "4294967295" in str(hands.app.screen.query_one("#refusal", Label).content)
        assert hands.bench.asked == []


async def test_a_reseeded_run_starts_with_empty_charts() -> None:
    async with dashboard(Bench(done())) as hands:
        await hands.say(opened(RunConfig(seed=7)), epochs(0, 0))
        assert (hands.session.state, hands.session.history.last_epoch) == ("ready", 0)
        assert hands.session.config.seed == 7


async def test_s_saves() -> None:
    async with dashboard(Bench(training())) as hands:
        await hands.press("s")
        assert hands.bench.asked == [Save()]
        await hands.say(CheckpointSaved(checkpoint=checkpoint(1201), epoch=1201, reason="user"))
        assert hands.session.notice.startswith("saved epoch 1201")


async def test_s_with_nothing_trained_says_so() -> None:
    async with dashboard(Bench(ready())) as hands:
        await hands.press("s")
        assert hands.bench.asked == []
        assert "nothing to save" in hands.session.notice


@pytest.mark.parametrize("key", ["a", "r", "s"])
async def test_a_key_without_an_engine_says_so(key: str) -> None:
    async with dashboard(Bench(training())) as hands:
        hands.bench.engine.end(1)
        await until(lambda: hands.session.state == "failed")
        await hands.press(key)
        assert "space starts a new one" in hands.session.notice


# --- leaving ---------------------------------------------------------------------------------------------------------


WATCHED = Watchers(count=2)
LEFT = Detached(run=RUN, directory=DIRECTORY, epoch=1200, target=2000)
STOPPED = Stopped(run=RUN, directory=DIRECTORY, epoch=1201, checkpoint=checkpoint(1201))


@pytest.mark.parametrize("is_attached", [False, True])
async def test_d_leaves_it_running_and_the_dashboard_ends_once_the_engine_has_said_so(is_attached: bool) -> None:
    bench = attached(training()) if is_attached else Bench(training())
    async with dashboard(bench) as hands:
        await hands.press("D")
        assert bench.asked == [Detach()]
        assert hands.session.notice == "leaving it running…"
        assert hands.app.is_running
        bench.engine.feed(LEFT)
        await until(lambda: not hands.app.is_running)
    assert bench.link.is_detached


@pytest.mark.parametrize("script", [ready(), paused(), done()], ids=["ready", "paused", "finished"])
async def test_d_where_nothing_trains_says_so(script: list[Event]) -> None:
    async with dashboard(Bench(script)) as hands:
        await hands.press("D")
        assert hands.bench.asked == []
        assert "there is nothing to leave running" in hands.session.notice


async def test_a_run_that_is_found_is_steered_as_one_s_own() -> None:
    async with dashboard(attached(training())) as hands:
        assert hands.bench.engine.commands == []
        assert hands.session.attached
        await hands.press("space")
        assert hands.bench.engine.commands == [Pause()]


async def test_q_of_a_training_that_is_nobody_else_s_saves_and_ends() -> None:
    async with dashboard(Bench(training())) as hands:
        await hands.press("q")
        assert hands.bench.asked == [Quit()]
        hands.bench.engine.feed(STOPPED)
        await until(lambda: not hands.app.is_running)


@pytest.mark.parametrize(
    "bench",
    [lambda: Bench([*training(), WATCHED]), lambda: attached(training()), lambda: attached([*training(), WATCHED])],
    ids=["own, watched", "attached", "attached, watched"],
)
async def test_q_of_a_training_that_others_have_is_asked_twice(bench: Callable[[], Bench]) -> None:
    async with dashboard(bench()) as hands:
        await hands.press("q")
        assert (hands.session.notice, hands.session.alert) == (OTHERS_TRAIN, True)
        assert hands.bench.asked == []
        assert not hands.app.is_leaving
        await hands.press("q")
        assert hands.bench.asked == [Quit()]
        assert hands.app.is_leaving


async def test_q_is_asked_again_once_something_else_was_done() -> None:
    async with dashboard(attached(training())) as hands:
        await hands.press("q", "s", "q")
        assert hands.bench.asked == [Save()]
        assert hands.session.notice == OTHERS_TRAIN


async def test_q_leaves_what_is_paused_to_those_who_stay() -> None:
    bench = Bench([*paused(), WATCHED])
    async with dashboard(bench) as hands:
        await hands.press("q")
        await until(lambda: not hands.app.is_running)
    assert bench.asked == []


async def test_q_of_what_is_paused_and_nobody_else_attends_saves_and_ends() -> None:
    async with dashboard(attached(paused())) as hands:
        await hands.press("q")
        assert hands.bench.asked == [Quit()]


async def test_what_another_one_does_is_said() -> None:
    async with dashboard(Bench([*training(), WATCHED])) as hands:
        assert hands.session.notice == "another dashboard came: 2 are open on this run"
        await hands.say(Steered(command="pause"))
        assert hands.session.notice == "a pause is asked for from another terminal…"
        await hands.say(Paused(epoch=1201, target=2000))
        assert hands.session.notice == "paused from another terminal"
        await hands.press("space")
        assert hands.bench.asked == [Train()]
