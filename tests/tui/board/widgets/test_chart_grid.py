"""The page of charts."""

from __future__ import annotations

from lstm_engine.script.vocabulary.log_events import Logged
from tests.support.board_feed import FedSource, steps, training
from tests.support.board_hands import board
from tui.board.widgets.chart_grid import ChartGrid
from tui.board.widgets.metric_chart import MetricChart


async def test_charts_are_kept_and_hidden_as_pages_ask() -> None:
    source = FedSource()
    source.feed(training(220))
    async with board(source) as hands:
        grid = hands.screen.query_one(ChartGrid)
        charts = list(grid.query(MetricChart))
        assert hands.titles == ["loss", "acc", "grad_norm", "learning rate"]
        assert grid.columns == charts[0].columns > 0
        await hands.press("enter")
        assert hands.titles == ["loss"]
        assert hands.charts[0].size.width > 150
        await hands.press("enter")
        assert list(grid.query(MetricChart)) == charts
        assert hands.titles == ["loss", "acc", "grad_norm", "learning rate"]


async def test_the_last_chart_has_what_room_is_left_in_its_row() -> None:
    source = FedSource(steers=False)
    names = ("a", "b", "c")
    source.feed([Logged(name=name, step=[1, 2], value=[1.0, 2.0]) for name in names])
    async with board(source) as hands:
        widths = [chart.outer_size.width for chart in hands.charts]
        assert widths == [80, 80, 160]
        await hands.feed(Logged(name="d", step=[1, 2], value=[1.0, 2.0]))
        assert [chart.outer_size.width for chart in hands.charts] == [80, 80, 80, 80]


async def test_a_chart_that_turns_up_later_is_drawn_too() -> None:
    source = FedSource()
    source.feed([])
    async with board(source) as hands:
        assert hands.titles == []
        await hands.feed(*training(40), steps(41, 45))
        assert hands.titles == ["loss", "acc", "grad_norm", "learning rate"]
        assert all((chart._cells.glyphs != " ").any() for chart in hands.charts)
