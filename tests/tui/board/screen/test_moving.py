"""The keys that move: through charts, rows and runs."""

from __future__ import annotations

from lstm_engine.script.vocabulary.log_events import Logged
from tests.support.board_feed import FedSource, gates, log_of, training
from tests.support.board_hands import board
from tests.support.script import until
from tui.board.widgets.panel_chart import PanelChart


def many() -> FedSource:
    """Thirty metrics."""
    source = FedSource()
    source.feed([Logged(name=f"metric{number:02}", step=[1, 2, 3], value=[1.0, 2.0, 3.0]) for number in range(30)])
    return source


async def test_pages_go_on_and_back_and_end() -> None:
    async with board(many(), (80, 24)) as hands:
        assert hands.titles == ["metric00", "metric01", "metric02", "metric03"]
        await hands.press("full_stop")
        assert hands.titles[0] == "metric04"
        await hands.press("pagedown")
        assert hands.titles[0] == "metric08"
        await hands.press("comma", "pageup")
        assert hands.titles[0] == "metric00"
        await hands.press(*["full_stop"] * 9)
        assert hands.titles == ["metric28", "metric29"]
        assert "page 8 of 8" in hands.text("#board-strip")


async def test_the_chosen_chart_is_the_one_that_is_enlarged() -> None:
    async with board(many(), (80, 24)) as hands:
        await hands.press("tab", "down", "up", "shift+tab", "down", "enter")
        assert hands.titles == ["metric02"]
        await hands.press("tab")
        assert hands.titles == ["metric03"]
        await hands.press("escape")
        assert len(hands.charts) == 4


async def test_runs_are_hidden_shown_and_looked_at_one_by_one() -> None:
    source = FedSource(steers=False)
    for number in range(3):
        source.feed(log_of(number), run=f"version_{number}")
    async with board(source) as hands:
        assert len(hands.charts[0]._plot.curves) == 3
        await hands.press("r", "down", "enter")
        assert [curve.name for curve in hands.charts[0]._plot.curves] == ["0", "2"]
        assert "version_1" in hands.text("#board-header")
        assert "1 run hidden" in hands.text("#board-strip")
        await hands.press("enter")
        assert len(hands.charts[0]._plot.curves) == 3


async def test_d_shows_deviations_in_the_gates_and_the_values_again() -> None:
    source = FedSource()
    source.feed([*training(80), gates(80)])
    async with board(source, (80, 24)) as hands:
        await hands.press("d")
        assert hands.notice == "d is for the gates: g shows them"
        await hands.press("g", "d")
        assert hands.notice == "what each unit deviates from its own mean"
        assert "deviation from each unit's own mean" in hands.screen.query_one(PanelChart)._cells.text(1)
        await hands.press("d")
        assert hands.notice == "the values themselves"
        assert "deviation" not in hands.screen.query_one(PanelChart)._cells.text(1)


async def test_in_the_gates_the_arrows_choose_the_module() -> None:
    source = FedSource()
    source.feed([*training(80), gates(80, of="layer 0"), gates(80, of="layer 1")])
    async with board(source) as hands:
        await hands.press("g")
        assert "layer 0" in hands.screen.query_one(PanelChart)._cells.text(0)
        await hands.press("down")
        await until(lambda: "layer 1" in hands.screen.query_one(PanelChart)._cells.text(0))
