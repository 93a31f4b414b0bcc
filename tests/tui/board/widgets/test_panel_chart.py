"""The picture above a panel's rows."""

from __future__ import annotations

from textual.app import App, ComposeResult

from tests.support.script import until
from tui.board.view.panels.panel import PanelPicture
from tui.board.widgets.panel_chart import PanelChart
from tui.drawing.cells import Cells
from tui.drawing.plotext_private import warm_up
from tui.options import Marker


class _App(App[None]):
    def compose(self) -> ComposeResult:
        yield PanelChart()


async def test_it_is_drawn_again_only_where_it_is_another_one() -> None:
    drawn: list[str] = []

    def of(name: str) -> PanelPicture:
        def draw(width: int, height: int, _: Marker) -> Cells:
            drawn.append(name)
            return Cells.blank(width, height)

        return PanelPicture(draw, lambda lines: lines // 2, (name,))

    warm_up()
    app = _App()
    async with app.run_test(size=(40, 10)):
        chart = app.query_one(PanelChart)
        assert chart.show(of("a"), 10) == 5
        await until(lambda: chart.size.height == 5 and drawn)
        count = len(drawn)
        chart.show(of("a"), 10)
        assert len(drawn) == count
        chart.show(of("b"), 10)
        assert drawn[-1] == "b"
        assert chart.show(None, 10) == 0
        assert not chart.display
