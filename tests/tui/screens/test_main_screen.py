"""The keys that only change the view, pressed in a dashboard on scripted events."""

from __future__ import annotations

import pytest

from lstm_engine.run.config import RunConfig
from tests.support.hands import NARROW, SMALL, WIDE, Hands, dashboard
from tests.support.script import (
    READY,
    Bench,
    companies,
    epochs,
    opened,
    resize,
    resumed,
    started,
    training,
)
from tui.view.layout import CELL, DATA, LOG, LOSS, PARAMETERS
from tui.widgets.chart import Chart


async def test_y_draws_the_loss_on_a_log_scale_and_back() -> None:
    async with dashboard(Bench(training())) as hands:
        chart = hands.screen.query_one(f"#{LOSS}", Chart)
        await hands.press("y")
        assert chart.title == "train loss, log scale"
        await hands.press("y")
        assert chart.title == "train loss"


async def test_z_gives_the_focused_panel_the_whole_screen_and_takes_it_back() -> None:
    async with dashboard(Bench(training())) as hands:
        await hands.press("tab", "z")
        assert shown(hands) == ["company-0"]
        await hands.press("z")
        assert len(shown(hands)) == 6


async def test_d_hides_the_data_and_shows_it_again() -> None:
    async with dashboard(Bench(training())) as hands:
        assert DATA in shown(hands)
        await hands.press("d")
        assert DATA not in shown(hands)
        await hands.press("d")
        assert DATA in shown(hands)


async def test_d_on_a_narrow_screen_goes_there_and_back() -> None:
    async with dashboard(Bench(training()), NARROW) as hands:
        await hands.press("d")
        assert shown(hands) == [DATA]
        await hands.press("d")
        assert shown(hands) == [LOSS]


@pytest.mark.parametrize("size", [WIDE, NARROW, SMALL], ids=["wide", "narrow", "small"])
async def test_l_shows_the_log_and_hides_it(size: tuple[int, int]) -> None:
    async with dashboard(Bench(training()), size) as hands:
        await hands.press("l")
        assert LOG in shown(hands)
        await hands.press("l")
        assert LOG not in shown(hands)


async def test_tab_and_shift_tab_go_round_the_panels() -> None:
    async with dashboard(Bench(training())) as hands:
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
    async with dashboard(Bench(training()), NARROW) as hands:
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


async def test_every_size_can_be_taken_on_while_training() -> None:
    async with dashboard(Bench(resumed())) as hands:
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
