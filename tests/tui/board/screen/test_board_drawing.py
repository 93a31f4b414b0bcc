"""Where charts and panels stand at which size."""

from __future__ import annotations

import pytest

from tests.support.board_feed import FedSource, training
from tests.support.board_hands import board
from tests.support.script import resize
from tui.board.widgets.board_panel import BoardPanel
from tui.board.widgets.chart_grid import ChartGrid


@pytest.mark.parametrize(("size", "beside"), [((160, 48), True), ((80, 24), False)])
async def test_a_panel_stands_beside_the_charts_or_in_their_place(size: tuple[int, int], beside: bool) -> None:
    source = FedSource()
    source.feed(training())
    async with board(source, size) as hands:
        grid, panel = hands.screen.query_one(ChartGrid), hands.screen.query_one(BoardPanel)
        assert grid.display
        assert not panel.display
        await hands.press("h")
        assert panel.display
        assert grid.display == beside
        await hands.press("escape")
        assert (grid.display, panel.display) == (True, False)


async def test_it_follows_the_terminal_s_size() -> None:
    source = FedSource()
    source.feed(training())
    async with board(source, (160, 48)) as hands:
        await resize(hands.pilot, (60, 20))
        await hands.drawn()
        assert len(hands.charts) == 1
        await resize(hands.pilot, (40, 10))
        await hands.drawn()
        assert "needs 60x20" in hands.text("#board-small")
        assert not hands.screen.query_one(ChartGrid).region
        await resize(hands.pilot, (160, 48))
        await hands.drawn()
        assert len(hands.charts) == 4
