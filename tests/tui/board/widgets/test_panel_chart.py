"""The picture above a panel's rows."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from textual.app import App, ComposeResult

from tests.support.script import until
from tui.board.view.panels.panel import PanelPicture
from tui.board.widgets import panel_chart
from tui.board.widgets.panel_chart import PanelChart
from tui.drawing.cells import Cells
from tui.drawing.heat import HEAT
from tui.drawing.plotext_private import warm_up
from tui.options import Marker


class _App(App[None]):
    def compose(self) -> ComposeResult:
        yield PanelChart()


def of(drawn: list[int], number: int, asked: str = "", role: int = 0) -> PanelPicture:
    """A picture of that number."""

    def draw(width: int, height: int, _: Marker) -> Cells:
        drawn.append(number)
        cells = Cells.blank(width, height)
        cells.roles[:] = role
        return Cells(np.full(cells.glyphs.shape, str(number % 10), "<U1"), cells.roles)

    return PanelPicture(draw, lambda lines: lines // 2, (asked,), (number,))


async def test_it_is_drawn_again_where_it_is_another_one_and_at_once_where_that_was_asked() -> None:
    drawn: list[int] = []
    warm_up()
    app = _App()
    async with app.run_test(size=(40, 10)):
        chart = app.query_one(PanelChart)
        assert chart.show(of(drawn, 1), 10) == 5
        await until(lambda: chart.size.height == 5 and drawn)
        count = len(drawn)
        chart.show(of(drawn, 1), 10)
        assert len(drawn) == count
        chart.show(of(drawn, 1, "other"), 10)
        assert len(drawn) == count + 1
        for number in range(2, 9):
            chart.show(of(drawn, number, "other"), 10)
        assert drawn[-1] == 1  # newer ones wait until anybody could follow
        await until(lambda: drawn[-1] == 8)
        assert len(drawn) == count + 2
        assert chart.show(None, 10) == 0
        assert not chart.display


@pytest.mark.parametrize(("role", "rest"), [(0, 40 * 5 * 4), (HEAT, 40 * 5 * 44)])
async def test_what_takes_many_bytes_is_followed_by_a_longer_rest(
    role: int, rest: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(panel_chart, "_EVERY", 0.0)
    now = 1000.0
    monkeypatch.setattr(panel_chart, "time", SimpleNamespace(monotonic=lambda: now))
    drawn: list[int] = []
    warm_up()
    app = _App()
    async with app.run_test(size=(40, 10)):
        chart = app.query_one(PanelChart)
        chart.show(of(drawn, 1, role=role), 10)
        await until(lambda: chart.size.height == 5 and drawn)
        chart.show(of(drawn, 2, role=role), 10)
        assert drawn[-1] == 2
        assert chart._next == pytest.approx(now + rest / panel_chart._BYTES_A_SECOND)
