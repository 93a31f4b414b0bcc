"""The keys of the board's view, each on a screen."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from lstm_engine.script.vocabulary.events import Event
from tests.support.board_feed import FedSource, epoch, log_of, training, val_loss
from tests.support.board_hands import BoardHands, board
from tests.support.script import until
from tui.board.widgets.board_panel import BoardPanel
from tui.screens.help_screen import HelpScreen


def fed(events: list[Event] | None = None) -> FedSource:
    source = FedSource()
    source.feed(training() if events is None else events)
    return source


def many_metrics() -> list[Event]:
    from lstm_engine.script.vocabulary.log_events import Logged

    return [Logged(name=f"metric{number:02}", step=[1, 2, 3], value=[1.0, 2.0, 3.0]) for number in range(30)]


def legend(hands: BoardHands, chart: int = 0) -> str:
    return hands.charts[chart]._cells.text(0)


async def test_what_is_told_is_drawn_as_it_comes() -> None:
    async with board(fed()) as hands:
        assert "step 220" in hands.text("#board-progress")
        await hands.feed(*epoch(6)[:3])
        assert "step 250" in hands.text("#board-progress")


async def test_a_filter_finds_as_one_types_and_escape_forgets_it() -> None:
    async with board(fed(many_metrics()), (80, 24)) as hands:
        await hands.press("slash")
        await until(lambda: isinstance(hands.app.focused, Input))
        await hands.press("1", "2")
        assert hands.titles == ["metric12"]
        await hands.press("enter")
        assert hands.app.focused is None
        assert "/12 · 1 chart" in hands.text("#board-strip")
        await hands.press("escape")
        assert len(hands.charts) == 4
        await hands.press("slash", "q", "q")
        assert hands.titles == []
        assert hands.app.is_running
        await hands.press("escape")
        assert len(hands.charts) == 4


async def test_arrows_look_back_and_end_is_live() -> None:
    async with board(fed()) as hands:
        await hands.press("home")
        assert "step 0" in hands.text("#board-strip")
        assert "val –" in legend(hands)
        await hands.press("right_square_bracket")
        assert "step 40" in hands.text("#board-strip")
        assert f"val {val_loss(40):.4f}" in legend(hands)
        await hands.press("left_square_bracket", "shift+right", "right", "left")
        cursor = hands.screen.seen.timeline.cursor
        assert cursor is not None
        assert 40 < cursor < 80
        await hands.press("end")
        assert hands.screen.seen.timeline.cursor is None
        assert "End" not in hands.text("#board-strip")


async def test_log_smoothing_and_epochs_are_said_and_drawn() -> None:
    async with board(fed()) as hands:
        await hands.press("y", "t", "x")
        assert "4 charts · by epoch · log · smoothed 0.6" in hands.text("#board-strip")
        assert "at step" in legend(hands)
        await hands.press("y", "t", "t", "t", "x")
        assert hands.text("#board-strip").strip() == "4 charts · by step"


async def test_zoom_in_shows_fewer_steps_and_zoom_out_more() -> None:
    def shown() -> int:
        sight = hands.screen.picture.sight
        return sight.x_end - sight.x_start

    async with board(fed(training(80)), (60, 20)) as hands:
        await hands.press("plus")
        assert shown() == 200
        await hands.press("plus", "minus")
        assert shown() == 200
        await hands.press("0")
        assert shown() == 400


async def test_z_enlarges_a_chart_as_enter_does() -> None:
    async with board(fed()) as hands:
        await hands.press("z")
        assert hands.titles == ["loss"]


async def test_ctrl_z_goes_back_to_the_shell(monkeypatch: pytest.MonkeyPatch) -> None:
    async with board(fed(training(80)), (60, 20)) as hands:
        suspended: list[int] = []
        monkeypatch.setattr(hands.app, "action_suspend_process", lambda: suspended.append(1))
        await hands.press("ctrl+z")
        await until(lambda: suspended)


@pytest.mark.parametrize(
    ("key", "title"),
    [
        *(
            ("l", "output"),
            ("c", "checkpoints"),
            ("h", "facts"),
            ("w", "layers"),
            ("g", "gates"),
            ("u", "machine"),
            ("r", "runs"),
        ),
    ],
)
async def test_a_panel_is_opened_and_closed_by_its_key(key: str, title: str) -> None:
    async with board(fed(), (80, 24)) as hands:
        panel = hands.screen.query_one(BoardPanel)
        await hands.press(key)
        assert panel.display
        assert str(panel.border_title).startswith(title)
        await hands.press(key)
        assert not panel.display


async def test_where_there_is_no_list_of_runs_o_says_so() -> None:
    async with board(fed()) as hands:
        await hands.press("o")
        assert hands.notice == "there is no list of runs to open: r shows those that are watched"


async def test_a_new_run_turns_up_by_itself() -> None:
    source = FedSource(steers=False)
    source.feed(log_of(0), run="version_0")
    async with board(source) as hands:
        source.feed(log_of(1), run="version_1")
        await hands.drawn()
        assert "2 of 2 runs drawn" in hands.text("#board-header")
        assert hands.titles == ["train_loss", "val_loss"]


async def test_help_opens_over_it() -> None:
    async with board(fed()) as hands:
        await hands.press("question_mark")
        await until(lambda: isinstance(hands.app.screen, HelpScreen))
        await hands.press("escape")
        await until(lambda: hands.app.screen is hands.screen)


async def test_t_upper_turns_it_light_and_dark() -> None:
    async with board(fed()) as hands:
        theme = hands.app.theme
        await hands.press("T")
        assert hands.app.theme != theme
        await hands.press("T")
        assert hands.app.theme == theme


@pytest.mark.parametrize("key", ["q", "D", "ctrl+c"])
async def test_leaving_ends_nothing(key: str) -> None:
    source = fed()
    async with board(source) as hands:
        await hands.press(key)
        await until(lambda: not hands.app.is_running)
    assert source.sent == []


async def test_a_click_looks_at_that_step_and_the_wheel_zooms() -> None:
    async with board(fed()) as hands:
        await hands.pilot.click(hands.charts[0], offset=(30, 8))
        await hands.drawn()
        cursor = hands.screen.seen.timeline.cursor
        assert cursor is not None
        assert 0 < cursor < 220
        hands.charts[0].post_message(hands.charts[0].Wheeled(1))
        await hands.drawn()
        assert hands.screen.picture.sight.x_end - hands.screen.picture.sight.x_start == 200
