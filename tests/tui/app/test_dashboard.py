"""The dashboard: how it opens, the theme, the palette, leaving, and when it draws."""

from __future__ import annotations

import pytest
from textual.command import CommandPalette

from lstm_engine.protocol.messages import NewRun, OpenRun, Paused, Quit, Stopped, Train
from lstm_engine.run.config import RunConfig
from tests.support.hands import dashboard
from tests.support.script import (
    DIRECTORY,
    READY,
    RUN,
    Bench,
    checkpoint,
    opened,
    ready,
    settled,
    training,
    until,
)
from tui.actions import ACTIONS
from tui.screens.help_screen import HelpScreen, HelpText
from tui.screens.main_screen import MainScreen

STOPPED = Stopped(run=RUN, directory=DIRECTORY, epoch=1200, checkpoint=checkpoint(1200))


# --- space -----------------------------------------------------------------------------------------------------------


async def test_the_run_is_opened_as_soon_as_pytorch_is_loaded() -> None:
    async with dashboard(Bench([READY])) as hands:
        assert hands.bench.engine.commands == [NewRun(config=RunConfig())]
        assert hands.session.state == "loading"


async def test_t_switches_between_dark_and_light() -> None:
    async with dashboard(Bench(ready())) as hands:
        assert hands.app.current_theme.dark
        await hands.press("t")
        assert not hands.app.current_theme.dark
        await hands.press("t")
        assert hands.app.current_theme.dark


async def test_question_mark_shows_every_key() -> None:
    async with dashboard(Bench(ready())) as hands:
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
    async with dashboard(Bench(ready())) as hands:
        await hands.press("ctrl+p")
        await until(lambda: isinstance(hands.app.screen, CommandPalette))
        offered = {command.title for command in hands.app.get_system_commands(hands.app.screen)}
        assert {f"{action.title} ({action.label})" for action in ACTIONS if action.id != "palette"} == offered


async def test_the_palette_carries_an_action_out() -> None:
    async with dashboard(Bench(ready())) as hands:
        train = next(
            command for command in hands.app.get_system_commands(hands.app.screen) if "Train" in command.title
        )
        train.callback()
        assert hands.bench.asked == [Train(epochs=2000)]


# --- leaving ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["q", "ctrl+c", "ctrl+q"])
async def test_q_saves_and_leaves_when_the_engine_has_stopped(key: str) -> None:
    async with dashboard(Bench(training())) as hands:
        await hands.press(key)
        assert hands.bench.asked == [Quit()]
        assert hands.app.is_running
        hands.bench.engine.feed(STOPPED)
        await until(lambda: not hands.app.is_running)
    assert hands.app.return_code == 0


async def test_q_twice_does_not_wait() -> None:
    async with dashboard(Bench(training())) as hands:
        await hands.press("q", "q")
        await until(lambda: not hands.app.is_running)


async def test_q_while_loading_leaves_at_once_and_the_engine_with_it() -> None:
    async with dashboard(Bench([])) as hands:
        await hands.press("q")
        await until(lambda: not hands.app.is_running)
    assert await hands.bench.link.end(1)
    assert hands.bench.engine.killed


async def test_q_without_an_engine_leaves() -> None:
    async with dashboard(Bench(training())) as hands:
        hands.bench.engine.end(1)
        await until(lambda: hands.session.state == "failed")
        await hands.press("q")
        await until(lambda: not hands.app.is_running)


async def test_ctrl_z_suspends(monkeypatch: pytest.MonkeyPatch) -> None:
    suspended: list[bool] = []
    monkeypatch.setattr("tui.app.dashboard.Dashboard.action_suspend_process", lambda _: suspended.append(True))
    async with dashboard(Bench(ready())) as hands:
        await hands.press("ctrl+z")
        assert suspended == [True]


# --- what is on the screen besides -----------------------------------------------------------------------------------


async def test_a_run_opened_from_disk_shows_its_whole_history() -> None:
    async with dashboard(Bench([READY, opened(epoch=2000)], source=RUN)) as hands:
        assert hands.bench.engine.commands == [OpenRun(source=RUN)]
        assert (hands.session.state, hands.session.history.last_epoch) == ("finished", 2000)


async def test_an_end_while_the_panels_are_put_up_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    bench = Bench([READY, opened(epoch=2000)], source=RUN)
    monkeypatch.setattr(MainScreen, "compose", lambda _: bench.app.exit() or iter(()))
    await bench.link.start()
    async with bench.app.run_test():
        await until(lambda: not bench.app.is_running)
    assert bench.app.failure == ""


async def test_start_trains_at_once() -> None:
    async with dashboard(Bench(ready(), start=True)) as hands:
        assert hands.bench.asked == [Train(epochs=2000)]


async def test_start_on_a_run_with_a_target_left_goes_on_to_it() -> None:
    async with dashboard(Bench([READY, opened(epoch=1000, target=2000)], source=RUN, start=True)) as hands:
        assert hands.bench.asked == [Train()]


async def test_training_that_paused_by_itself_says_why() -> None:
    async with dashboard(Bench([*training(), Paused(epoch=1200, target=2000, cause="the disk is full")])) as hands:
        assert (hands.session.notice, hands.session.alert) == ("the disk is full", True)


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
