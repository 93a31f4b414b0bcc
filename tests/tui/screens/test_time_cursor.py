"""The time cursor and the zoom on the screen: every key and the mouse, on scripted events."""

from __future__ import annotations

import pytest
from textual.events import MouseScrollUp
from textual.geometry import Region
from textual.widgets import Label

from lstm_engine.protocol.messages import Notice
from lstm_engine.run.config import RunConfig
from tests.support import tables
from tests.support.hands import NARROW, WIDE, Hands, dashboard
from tests.support.script import (
    Bench,
    companies,
    done,
    epochs,
    loss,
    opened,
    parameter,
    prediction,
    ready,
    resumed,
    started,
    training,
    until,
)
from tests.support.soak import first
from tui.actions import Action, in_group
from tui.screens.questions import Question
from tui.view.layout import LOG, LOSS, PARAMETERS, PREDICTIONS
from tui.widgets.chart import Chart
from tui.widgets.lines import Lines
from tui.widgets.log_panel import LogPanel
from tui.widgets.parameter_table import ParameterTable
from tui.widgets.prediction_table import PredictionTable


def chart(hands: Hands, panel: str = LOSS) -> Chart:
    return hands.screen.query_one(f"#{panel}", Chart)


def border(hands: Hands, panel: str = LOSS) -> str:
    """The top line of a chart, with its title and its value."""
    widget = chart(hands, panel)
    return widget.render_lines(Region(0, 0, widget.outer_size.width, 1))[0].text


def cursor(hands: Hands) -> int | None:
    return hands.screen.timeline.cursor


def line(hands: Hands, name: str) -> str:
    return hands.screen.query_one(f"#{name}", Lines).render().plain  # type: ignore[union-attr]


def row(hands: Hands, table: str, key: str) -> list[str]:
    widget = hands.screen.query_one(f"#{table}", PredictionTable if table == PREDICTIONS else ParameterTable)
    return tables.row(widget, key)


def axes(hands: Hands) -> tuple[int, int]:
    columns = chart(hands).columns
    left = chart(hands).column_of(chart(hands).epoch_at(0))
    return chart(hands).epoch_at(left), chart(hands).epoch_at(left + columns)


async def go_to(hands: Hands, epoch: int) -> None:
    await hands.press("colon")
    await hands.question()
    await hands.press(*str(epoch), "enter")
    await hands.closed()


@pytest.mark.parametrize("panel", first(2, [LOSS, PARAMETERS, "company-0", "company-1", PREDICTIONS, LOG]))
async def test_the_arrows_move_it_by_a_column_of_the_chart_and_shift_by_ten(panel: str) -> None:
    async with dashboard(Bench(resumed())) as hands:
        await hands.press("l")
        hands.screen.query_one(f"#{panel}").focus()
        await go_to(hands, 1500)
        on = chart(hands, panel if panel.startswith("company") else LOSS)
        for key, columns in [("left", -1), ("right", 1), ("shift+left", -10), ("shift+right", 10)]:
            before = on.column_of(cursor(hands) or 0)
            await hands.press(key)
            assert on.column_of(cursor(hands) or 0) - before == columns


async def test_the_arrows_move_it_on_a_screen_without_a_chart_too() -> None:
    async with dashboard(Bench(resumed()), NARROW) as hands:
        await hands.press("tab", "tab", "tab")
        assert hands.screen.arrangement.panels == (PARAMETERS,)
        await hands.press("shift+left", "left", "right")
        assert cursor(hands) == pytest.approx(2600 - 10 * 3000 / 79, abs=40)


async def test_brackets_move_it_by_an_epoch() -> None:
    async with dashboard(Bench(resumed())) as hands:
        await hands.press("left_square_bracket", "left_square_bracket")
        assert cursor(hands) == 2598
        await hands.press("right_square_bracket")
        assert cursor(hands) == 2599
        await hands.press("right_square_bracket")
        assert cursor(hands) is None


@pytest.mark.parametrize("panel", [LOSS, PARAMETERS, PREDICTIONS, LOG])
async def test_pages_move_it_between_the_stages(panel: str) -> None:
    async with dashboard(Bench(resumed())) as hands:
        await hands.press("l")
        hands.screen.query_one(f"#{panel}").focus()
        await hands.press("pageup")
        assert cursor(hands) == 2000
        await hands.press("pageup")
        assert cursor(hands) == 0
        await hands.press("pagedown")
        assert cursor(hands) == 2000
        await hands.press("pagedown")
        assert cursor(hands) is None


async def test_pages_turn_in_a_table_that_is_longer_than_its_panel() -> None:
    config = RunConfig(data=companies(40))
    async with dashboard(Bench(training(config=config), config=config)) as hands:
        table = hands.screen.query_one(PredictionTable)
        table.focus()
        await hands.press("pagedown")
        assert table.cursor_row > 3
        await hands.press("pageup")
        assert (table.cursor_row, cursor(hands)) == (0, None)


async def test_pages_turn_in_a_log_that_is_longer_than_its_panel() -> None:
    async with dashboard(Bench([*resumed(), *(Notice(text=f"note {number}") for number in range(60))])) as hands:
        await hands.press("l")
        log = hands.screen.query_one(LogPanel)
        log.focus()
        await until(lambda: 0 < log.max_scroll_y == log.scroll_y)  # what came last is seen first
        await hands.press("pageup")
        await until(lambda: log.scroll_y < log.max_scroll_y)
        assert cursor(hands) is None


async def test_of_a_long_notice_only_the_line_beside_the_epoch_is_short() -> None:
    words = "this run began with other settings and cannot become a branch: expected epoch 1 or later of this run"
    async with dashboard(Bench(resumed()), NARROW) as hands:
        await hands.press("home")
        await hands.say(Notice(text=words))
        first, *others = line(hands, "notice").split("\n")
        assert first == " epoch 0  live is at 2600 · End returns   this run began with other settings"
        assert others == [" and cannot become a branch: expected epoch 1 or later of this run"]
        await until(lambda: hands.screen.query_one("#notice").size.height == 2)


@pytest.mark.parametrize("panel", [LOSS, PARAMETERS, PREDICTIONS, LOG])
async def test_home_goes_to_the_untrained_model_and_end_back_to_live(panel: str) -> None:
    async with dashboard(Bench(resumed())) as hands:
        await hands.press("l")
        hands.screen.query_one(f"#{panel}").focus()
        await hands.press("home")
        assert cursor(hands) == 0
        await hands.press("end")
        assert cursor(hands) is None


@pytest.mark.parametrize("key", ["colon", "ctrl+g"])
async def test_a_dialog_goes_to_any_epoch(key: str) -> None:
    async with dashboard(Bench(training())) as hands:
        await hands.press(key)
        await hands.question()
        await hands.press(*"777", "enter")
        await hands.closed()
        assert cursor(hands) == 777


@pytest.mark.parametrize(("typed", "sentence"), [("1201", "has not happened yet"), ("x", "is no epoch")])
async def test_the_dialog_refuses_what_is_no_epoch_in_place(typed: str, sentence: str) -> None:
    async with dashboard(Bench(training())) as hands:
        await hands.press("colon")
        await hands.question()
        await hands.press(*typed, "enter")
        assert isinstance(hands.app.screen, Question)
        assert sentence in str(hands.app.screen.query_one("#refusal", Label).content)
        await hands.press("escape")
        await hands.closed()
        assert cursor(hands) is None


# --- what is shown ---------------------------------------------------------------------------------------------------


async def test_every_panel_shows_the_epoch_under_the_cursor() -> None:
    async with dashboard(Bench(resumed())) as hands:
        await go_to(hands, 1200)
        assert f"{loss(1200):.4f}" in border(hands)
        assert f"{prediction(1200, 1):.4f}" in border(hands, "company-1")
        start, value = parameter("wo1", 0), parameter("wo1", 1200)
        assert row(hands, PARAMETERS, "wo1")[-3:] == [f"{start:.4f}", f"{value:.4f}", f"{value - start:+.4f}"]
        assert row(hands, PREDICTIONS, "B")[2] == f"{prediction(1200, 1):.4f}"
        assert line(hands, "notice").startswith(" epoch 1200  live is at 2600 · End returns")
        await hands.press("end")
        assert f"{loss(2600):.4f}" in border(hands)
        assert row(hands, PREDICTIONS, "B")[2] == f"{prediction(2600, 1):.4f}"
        assert "live" not in line(hands, "notice")


async def test_the_lines_on_a_narrow_screen_show_it_too() -> None:
    async with dashboard(Bench(resumed()), NARROW) as hands:
        await go_to(hands, 1200)
        assert f"{prediction(1200):.4f}" in line(hands, "strip")
        assert "live is at 2600" in line(hands, "notice")


async def test_training_goes_on_behind_it() -> None:
    async with dashboard(Bench(resumed())) as hands:
        await go_to(hands, 1200)
        await hands.say(epochs(2601, 2700))
        assert cursor(hands) == 1200
        assert hands.session.epoch == 2700
        assert "live is at 2700" in line(hands, "notice")
        assert "2700 / 3000" in line(hands, "status")
        assert row(hands, PREDICTIONS, "B")[2] == f"{prediction(1200, 1):.4f}"


async def test_another_run_is_seen_live() -> None:
    async with dashboard(Bench(done())) as hands:
        await go_to(hands, 1200)
        await hands.say(opened(), epochs(0, 0))
        assert cursor(hands) is None


async def test_a_run_that_was_set_back_before_the_cursor_is_seen_live() -> None:
    async with dashboard(Bench(done())) as hands:
        await go_to(hands, 1200)
        await hands.say(started(1000, 2000))
        assert cursor(hands) is None


@pytest.mark.parametrize("action", first(4, in_group("time")), ids=lambda action: action.id)
async def test_before_any_training_a_key_says_that_there_is_nothing_to_look_back_at(action: Action) -> None:
    async with dashboard(Bench(ready())) as hands:
        await hands.press(action.key.split(",")[0])
        assert "one epoch" in hands.session.notice
        assert cursor(hands) is None


# --- zoom and mouse --------------------------------------------------------------------------------------------------


async def test_plus_and_minus_zoom_around_the_cursor_and_0_shows_all() -> None:
    async with dashboard(Bench(resumed())) as hands:
        await go_to(hands, 1000)
        column = chart(hands).column_of(1000)
        await hands.press("plus")
        assert axes(hands) == (500, 2000)
        assert chart(hands).column_of(1000) == column
        await hands.press("equals_sign")
        assert axes(hands) == (750, 1500)
        await hands.press("minus")
        assert axes(hands) == (500, 2000)
        await hands.press("0")
        assert axes(hands) == (0, 3000)


async def test_without_a_cursor_it_zooms_around_the_newest_epoch_in_all_charts() -> None:
    async with dashboard(Bench(resumed())) as hands:
        await hands.press("plus", "plus")
        first, last = axes(hands)
        assert last - first == 750
        assert first <= 2600 <= last
        assert chart(hands, "company-0").column_of(first - 1) == -1


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
async def test_a_click_sets_it_and_the_wheel_zooms(size: tuple[int, int]) -> None:
    async with dashboard(Bench(resumed()), size) as hands:
        await hands.click(chart(hands), offset=(40, 5))
        assert cursor(hands) == chart(hands).epoch_at(39), "the border is one column"
        before = axes(hands)
        await hands.pilot._post_mouse_events([MouseScrollUp], chart(hands), offset=(40, 5))
        assert axes(hands) != before


async def test_a_click_to_the_right_of_the_newest_epoch_is_live() -> None:
    async with dashboard(Bench(training())) as hands:
        await hands.press("home")
        await hands.click(chart(hands), offset=(90, 5))
        assert cursor(hands) is None
