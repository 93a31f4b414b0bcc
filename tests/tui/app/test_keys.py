"""Every key, pressed in a dashboard on scripted events."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from textual.command import CommandPalette
from textual.widgets import Label

from lstm_engine.protocol.messages import (
    AddEpochs,
    CheckpointSaved,
    Event,
    Failed,
    NewRun,
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
from tests.support.hands import NARROW, SMALL, WIDE, Hands, dashboard
from tests.support.script import (
    DIRECTORY,
    READY,
    RUN,
    Bench,
    checkpoint,
    companies,
    done,
    epochs,
    opened,
    paused,
    ready,
    resize,
    resumed,
    settled,
    started,
    training,
    until,
)
from tui.actions import ACTIONS
from tui.screens.help_screen import HelpScreen, HelpText
from tui.screens.main_screen import MainScreen
from tui.screens.questions import Question
from tui.view.layout import CELL, DATA, LOG, LOSS, PARAMETERS
from tui.widgets.chart import Chart
from tui.widgets.failure_panel import FailurePanel

STOPPED = Stopped(run=RUN, directory=DIRECTORY, epoch=1200, checkpoint=checkpoint(1200))


def bench(script: Iterable[Event]) -> Bench:
    return Bench(script)


# --- space -----------------------------------------------------------------------------------------------------------


async def test_the_run_is_opened_as_soon_as_pytorch_is_loaded() -> None:
    async with dashboard(bench([READY])) as hands:
        assert hands.bench.engine.commands == [NewRun(config=RunConfig())]
        assert hands.session.state == "loading"


async def test_space_trains_an_untrained_model() -> None:
    async with dashboard(bench(ready())) as hands:
        await hands.press("space")
        assert hands.bench.asked == [Train(epochs=2000)]


async def test_space_pauses() -> None:
    async with dashboard(bench(training())) as hands:
        await hands.press("space")
        assert hands.bench.asked == [Pause()]
        assert "pausing" in hands.session.notice


async def test_space_goes_on_to_the_target() -> None:
    async with dashboard(bench(paused())) as hands:
        await hands.press("space")
        assert hands.bench.asked == [Train()]


async def test_space_on_a_finished_run_asks_how_many_epochs_to_add() -> None:
    async with dashboard(bench(done())) as hands:
        await hands.press("space")
        assert (await hands.question()).value == "1000"


async def test_space_after_a_failure_tries_again() -> None:
    failed = Failed(epoch=1201, cause="the loss is not a number", checkpoint=checkpoint(1000))
    async with dashboard(bench([*training(), failed])) as hands:
        await hands.press("space")
        assert hands.bench.asked == [Train()]


async def test_space_while_loading_says_why_not() -> None:
    async with dashboard(bench([])) as hands:
        await hands.press("space")
        assert hands.session.notice == "PyTorch is still loading"


async def test_space_after_the_engine_died_starts_a_new_one_that_goes_on() -> None:
    async with dashboard(bench(training())) as hands:
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


async def test_space_after_a_refusal_to_open_asks_again() -> None:
    refused = Refused(command="open_run", reason="there is no run 'lost'")
    async with dashboard(Bench([READY, refused], source="lost")) as hands:
        assert hands.session.failure is not None
        assert hands.session.failure.cause == "there is no run 'lost'"
        await hands.press("space")
        assert hands.bench.engine.commands == [OpenRun(source="lost")] * 2


# --- a, r, s ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("script", [training(), paused(), done()], ids=["training", "paused", "finished"])
async def test_a_adds_the_epochs_typed(script: list[Event]) -> None:
    async with dashboard(bench(script)) as hands:
        await hands.press("a")
        await hands.question()
        await hands.press(*"250", "enter")
        await hands.closed()
        assert hands.bench.asked == [AddEpochs(epochs=250)]


async def test_a_before_any_training_trains_that_many() -> None:
    async with dashboard(bench(ready())) as hands:
        await hands.press("a")
        await hands.question()
        await hands.press("enter")
        await hands.closed()
        assert hands.bench.asked == [Train(epochs=1000)]


async def test_a_remembers_the_last_answer() -> None:
    async with dashboard(bench(done())) as hands:
        await hands.press("a")
        await hands.question()
        await hands.press(*"2000", "enter")
        await hands.closed()
        await hands.press("a")
        assert (await hands.question()).value == "2000"


@pytest.mark.parametrize("typed", ["0", "x", "1.5", "-3", "9999999999"])
async def test_a_refuses_in_place_what_is_no_number_of_epochs(typed: str) -> None:
    async with dashboard(bench(done())) as hands:
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
    async with dashboard(bench(done())) as hands:
        await hands.press(key)
        await hands.question()
        await hands.press("escape")
        await hands.closed()
        assert hands.bench.asked == []


@pytest.mark.parametrize(("typed", "seed"), [("", None), ("7", 7), ("0", 0)])
async def test_r_starts_again_with_another_seed(typed: str, seed: int | None) -> None:
    async with dashboard(bench(done())) as hands:
        await hands.press("r")
        await hands.question()
        await hands.press(*typed, "enter")
        await hands.closed()
        assert hands.bench.asked == [Reseed(seed=seed)]


async def test_r_refuses_a_seed_that_is_too_large() -> None:
    async with dashboard(bench(done())) as hands:
        await hands.press("r")
        await hands.question()
        await hands.press(*"4294967296", "enter")
        assert "4294967295" in str(hands.app.screen.query_one("#refusal", Label).content)
        assert hands.bench.asked == []


async def test_a_reseeded_run_starts_with_empty_charts() -> None:
    async with dashboard(bench(done())) as hands:
        await hands.say(opened(RunConfig(seed=7)), epochs(0, 0))
        assert (hands.session.state, hands.session.history.last_epoch) == ("ready", 0)
        assert hands.session.config.seed == 7


async def test_s_saves() -> None:
    async with dashboard(bench(training())) as hands:
        await hands.press("s")
        assert hands.bench.asked == [Save()]
        await hands.say(CheckpointSaved(checkpoint=checkpoint(1201), epoch=1201, reason="user"))
        assert hands.session.notice.startswith("saved epoch 1201")


async def test_s_with_nothing_trained_says_so() -> None:
    async with dashboard(bench(ready())) as hands:
        await hands.press("s")
        assert hands.bench.asked == []
        assert "nothing to save" in hands.session.notice


@pytest.mark.parametrize("key", ["a", "r", "s"])
async def test_a_key_without_an_engine_says_so(key: str) -> None:
    async with dashboard(bench(training())) as hands:
        hands.bench.engine.end(1)
        await until(lambda: hands.session.state == "failed")
        await hands.press(key)
        assert "space starts a new one" in hands.session.notice


# --- what is seen ----------------------------------------------------------------------------------------------------


async def test_y_draws_the_loss_on_a_log_scale_and_back() -> None:
    async with dashboard(bench(training())) as hands:
        chart = hands.screen.query_one(f"#{LOSS}", Chart)
        await hands.press("y")
        assert chart.title == "train loss, log scale"
        await hands.press("y")
        assert chart.title == "train loss"


async def test_z_gives_the_focused_panel_the_whole_screen_and_takes_it_back() -> None:
    async with dashboard(bench(training())) as hands:
        await hands.press("tab", "z")
        assert shown(hands) == ["company-0"]
        await hands.press("z")
        assert len(shown(hands)) == 6


async def test_d_hides_the_data_and_shows_it_again() -> None:
    async with dashboard(bench(training())) as hands:
        assert DATA in shown(hands)
        await hands.press("d")
        assert DATA not in shown(hands)
        await hands.press("d")
        assert DATA in shown(hands)


async def test_d_on_a_narrow_screen_goes_there_and_back() -> None:
    async with dashboard(bench(training()), NARROW) as hands:
        await hands.press("d")
        assert shown(hands) == [DATA]
        await hands.press("d")
        assert shown(hands) == [LOSS]


@pytest.mark.parametrize("size", [WIDE, NARROW, SMALL], ids=["wide", "narrow", "small"])
async def test_l_shows_the_log_and_hides_it(size: tuple[int, int]) -> None:
    async with dashboard(bench(training()), size) as hands:
        await hands.press("l")
        assert LOG in shown(hands)
        await hands.press("l")
        assert LOG not in shown(hands)


async def test_tab_and_shift_tab_go_round_the_panels() -> None:
    async with dashboard(bench(training())) as hands:
        assert hands.app.focused is not None
        ring = list(hands.screen.arrangement.panels)
        seen = [hands.app.focused.id]
        for _ in ring:
            await hands.press("tab")
            seen.append(hands.app.focused.id)
        assert seen == [*ring, ring[0]]
        await hands.press("shift+tab")
        assert hands.app.focused.id == ring[-1]


async def test_tab_on_a_narrow_screen_shows_one_panel_after_the_other() -> None:
    async with dashboard(bench(training()), NARROW) as hands:
        seen = []
        for _ in range(6):
            seen += shown(hands)
            await hands.press("tab")
        assert seen == [LOSS, "company-0", "company-1", PARAMETERS, CELL, DATA]
        assert shown(hands) == [LOSS]


async def test_enter_on_a_company_puts_it_into_a_chart() -> None:
    config = RunConfig(data=companies(9))
    async with dashboard(Bench(training(config=config), config=config)) as hands:
        hands.screen.query_one("#predictions").focus()
        await hands.press(*["down"] * 4, "enter")
        assert hands.screen.query_one("#company-1", Chart).title.startswith("company 4")


async def test_t_switches_between_dark_and_light() -> None:
    async with dashboard(bench(ready())) as hands:
        assert hands.app.current_theme.dark
        await hands.press("t")
        assert not hands.app.current_theme.dark
        await hands.press("t")
        assert hands.app.current_theme.dark


async def test_question_mark_shows_every_key() -> None:
    async with dashboard(bench(ready())) as hands:
        await hands.press("question_mark")
        await until(lambda: isinstance(hands.app.screen, HelpScreen) and hands.app.focused is not None)
        shown = hands.app.screen.query_one(HelpText)
        await until(lambda: shown.content_size.height)
        words = str(shown.render()).split()
        assert not {action.help for action in ACTIONS if action.help not in " ".join(words)}
        assert {action.label for action in ACTIONS} <= set(words)
        await hands.press("escape")
        await hands.closed()


async def test_ctrl_p_offers_every_action() -> None:
    async with dashboard(bench(ready())) as hands:
        await hands.press("ctrl+p")
        await until(lambda: isinstance(hands.app.screen, CommandPalette))
        offered = {command.title for command in hands.app.get_system_commands(hands.app.screen)}
        assert {f"{action.title} ({action.label})" for action in ACTIONS if action.id != "palette"} == offered


async def test_the_palette_carries_an_action_out() -> None:
    async with dashboard(bench(ready())) as hands:
        train = next(
            command for command in hands.app.get_system_commands(hands.app.screen) if "Train" in command.title
        )
        train.callback()
        assert hands.bench.asked == [Train(epochs=2000)]


# --- leaving ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["q", "ctrl+c", "ctrl+q"])
async def test_q_saves_and_leaves_when_the_engine_has_stopped(key: str) -> None:
    async with dashboard(bench(training())) as hands:
        await hands.press(key)
        assert hands.bench.asked == [Quit()]
        assert hands.app.is_running
        hands.bench.engine.feed(STOPPED)
        await until(lambda: not hands.app.is_running)
    assert hands.app.return_code == 0


async def test_q_twice_does_not_wait() -> None:
    async with dashboard(bench(training())) as hands:
        await hands.press("q", "q")
        await until(lambda: not hands.app.is_running)


async def test_q_while_loading_leaves_at_once_and_the_engine_with_it() -> None:
    async with dashboard(bench([])) as hands:
        await hands.press("q")
        await until(lambda: not hands.app.is_running)
    assert await hands.bench.link.end(1)
    assert hands.bench.engine.killed


async def test_q_without_an_engine_leaves() -> None:
    async with dashboard(bench(training())) as hands:
        hands.bench.engine.end(1)
        await until(lambda: hands.session.state == "failed")
        await hands.press("q")
        await until(lambda: not hands.app.is_running)


async def test_ctrl_z_suspends(monkeypatch: pytest.MonkeyPatch) -> None:
    suspended: list[bool] = []
    monkeypatch.setattr("tui.app.dashboard.Dashboard.action_suspend_process", lambda _: suspended.append(True))
    async with dashboard(bench(ready())) as hands:
        await hands.press("ctrl+z")
        assert suspended == [True]


# --- what is on the screen besides -----------------------------------------------------------------------------------


async def test_a_run_opened_from_disk_shows_its_whole_history() -> None:
    async with dashboard(Bench([READY, opened(epoch=2000)], source=RUN)) as hands:
        assert hands.bench.engine.commands == [OpenRun(source=RUN)]
        assert (hands.session.state, hands.session.history.last_epoch) == ("finished", 2000)


async def test_start_trains_at_once() -> None:
    async with dashboard(Bench(ready(), start=True)) as hands:
        assert hands.bench.asked == [Train(epochs=2000)]


async def test_start_on_a_run_with_a_target_left_goes_on_to_it() -> None:
    async with dashboard(Bench([READY, opened(epoch=1000, target=2000)], source=RUN, start=True)) as hands:
        assert hands.bench.asked == [Train()]


async def test_training_that_paused_by_itself_says_why() -> None:
    async with dashboard(bench([*training(), Paused(epoch=1200, target=2000, cause="the disk is full")])) as hands:
        assert (hands.session.notice, hands.session.alert) == ("the disk is full", True)


async def test_every_size_can_be_taken_on_while_training() -> None:
    async with dashboard(bench(resumed())) as hands:
        for size in [(300, 90), (120, 34), (119, 33), (80, 24), (60, 20), (59, 19), (20, 5), (2, 1), (160, 48)]:
            await resize(hands.pilot, size)
            await hands.say(epochs(2601, 2700))
            assert hands.app.size == size
        assert hands.screen.arrangement.mode == "board"


async def test_many_companies_are_two_charts_and_a_table_that_scrolls() -> None:
    config = RunConfig(data=companies(1000))
    script = [READY, opened(config), epochs(0, 0, config), started(0, 20), epochs(1, 20, config)]
    async with dashboard(Bench(script, config=config)) as hands:
        await hands.pilot.pause()
        table = hands.screen.query_one("#predictions")
        assert table.max_scroll_y > 0
        assert shown(hands)[:3] == [LOSS, "company-0", "company-1"]


def shown(hands: Hands) -> list[str]:
    """The panels on the screen, in the order of Tab."""
    panels = hands.screen.arrangement.panels
    assert all(hands.screen.query_one(f"#{panel}").display for panel in panels)
    return list(panels)


async def test_what_is_to_be_called_later_is_called_however_late_it_is() -> None:
    async with dashboard(Bench(ready())) as hands:
        called: list[str] = []
        for seconds in (1e-9, 0.0, -1.0):
            hands.app.after(seconds, lambda: called.append("called"))
        await until(lambda: len(called) == 3)


@pytest.mark.parametrize("key", ["y", "left", "plus", "end"])
async def test_a_key_is_drawn_once(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async with dashboard(Bench(training())) as hands:
        await settled(hands.app, hands.pilot)
        drawn = []
        draw_lines = MainScreen._draw_lines
        monkeypatch.setattr(MainScreen, "_draw_lines", lambda *given: (drawn.append(key), draw_lines(*given)))
        await hands.press(key)
        await settled(hands.app, hands.pilot)
    assert drawn == [key]
