"""The chart widgets on a screen."""

from __future__ import annotations

import numpy as np
import pytest
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.pilot import Pilot

from lstm_engine.data.companies import WALK_THROUGH
from tests.support.script import resize
from tui.drawing import plotext_private
from tui.drawing.cells import Role
from tui.drawing.curves import Curve, Plot
from tui.drawing.plotext_private import warm_up
from tui.widgets.cells_widget import SERIES, CellsWidget
from tui.widgets.chart import Chart
from tui.widgets.data_chart import DataChart

EPOCHS = np.arange(2001)
LOSS = (0.57 * np.exp(-EPOCHS / 900)).astype(np.float32)
SIZE = (80, 40)


class Charts(App[None]):
    CSS = "Chart, DataChart { height: 20; }"

    def compose(self) -> ComposeResult:
        yield Chart("train loss", empty_text="space trains 2000 epochs", id="loss")
        yield DataChart(id="data")


@pytest.fixture(autouse=True)
def _drawing_is_warm() -> None:
    warm_up()


@pytest.fixture
def repainted(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Region, ...]]:
    """The regions that charts ask to be repainted; an empty tuple is the whole widget."""
    calls: list[tuple[Region, ...]] = []
    refresh = CellsWidget.refresh

    def recording(self: CellsWidget, *regions: Region, **options: bool) -> CellsWidget:
        calls.append(regions)
        return refresh(self, *regions, **options)

    monkeypatch.setattr(CellsWidget, "refresh", recording)
    return calls


def on_screen(pilot: Pilot[None], selector: str) -> list[str]:
    """The lines of a widget as they are on screen, borders included."""
    region = pilot.app.query_one(selector).region
    strips = pilot.app.screen._compositor.render_strips()
    return [strips[y].crop(region.x, region.right).text for y in range(region.y, region.bottom)]


async def test_an_empty_chart_says_what_fills_it() -> None:
    async with Charts().run_test(size=SIZE) as pilot:
        lines = on_screen(pilot, "#loss")
        assert lines[0].startswith("╭─ train loss ─")
        assert any(line.strip("│ ") == "space trains 2000 epochs" for line in lines)


async def test_a_curve_with_its_value_on_the_border() -> None:
    async with Charts().run_test(size=SIZE) as pilot:
        pilot.app.query_one("#loss", Chart).show(Plot((Curve(LOSS),), 3000, resumes=(1000,)), "0.0618")
        await pilot.pause()
        lines = on_screen(pilot, "#loss")
        assert lines[0].endswith("─ 0.0618 ─╮")
        assert len(lines[0]) == SIZE[0]
        assert "╎ resumed" in lines[1]
        assert lines[-2].strip("│ ").startswith("0 ")


async def test_showing_the_same_again_repaints_nothing(repainted: list[tuple[Region, ...]]) -> None:
    async with Charts().run_test(size=SIZE) as pilot:
        chart = pilot.app.query_one("#loss", Chart)
        chart.show(Plot((Curve(LOSS),), 3000), "0.0618")
        await pilot.pause()
        repainted.clear()
        chart.show(Plot((Curve(LOSS),), 3000), "0.0618")
        pilot.app.query_one(DataChart).show(WALK_THROUGH)
        pilot.app.query_one(DataChart).show(WALK_THROUGH)
        data_repaints = repainted.copy()
        repainted.clear()
        pilot.app.query_one(DataChart).show(WALK_THROUGH)
        chart.show(Plot((Curve(LOSS.copy()),), 3000), "0.0618")
        assert data_repaints
        assert not repainted


async def test_new_epochs_repaint_their_columns_and_the_value_alone(repainted: list[tuple[Region, ...]]) -> None:
    async with Charts().run_test(size=SIZE) as pilot:
        chart = pilot.app.query_one("#loss", Chart)
        chart.show(Plot((Curve(LOSS[:1000]),), 3000), "0.1878")
        await pilot.pause()
        repainted.clear()
        chart.show(Plot((Curve(LOSS[:1100]),), 3000), "0.1680")
        regions = [region for call in repainted for region in call]
        assert all(repainted)
        assert Region(69, -1, 8, 1) in regions
        assert sum(region.area for region in regions) < 30
        await pilot.pause()
        partly = on_screen(pilot, "#loss")
        chart.refresh()
        await pilot.pause()
        assert on_screen(pilot, "#loss") == partly


async def test_the_next_run_begins_with_an_axis_of_its_own() -> None:
    async with Charts().run_test(size=SIZE) as pilot:
        chart = pilot.app.query_one("#loss", Chart)
        chart.show(Plot((Curve(LOSS * 10),), 3000))
        await pilot.pause()
        before = on_screen(pilot, "#loss")
        chart.reset()
        await pilot.pause()
        assert "space trains 2000 epochs" in "".join(on_screen(pilot, "#loss"))
        chart.show(Plot((Curve(LOSS),), 3000))
        await pilot.pause()
        assert [line[:7] for line in on_screen(pilot, "#loss")] != [line[:7] for line in before]


async def test_any_size_and_back() -> None:
    async with Charts().run_test(size=SIZE) as pilot:
        chart = pilot.app.query_one("#loss", Chart)
        chart.show(Plot((Curve(LOSS),), 3000, target=0.2, cursor=700, behind=(LOSS / 2,)), "0.0618")
        await pilot.pause()
        first = on_screen(pilot, "#loss")
        for width, height in ((12, 5), (3, 3), (2, 2), (1, 1), (200, 60)):
            chart.styles.width, chart.styles.height = width, height
            await resize(pilot, (width, height))
        chart.styles.width, chart.styles.height = "1fr", 20
        await resize(pilot, SIZE)
        assert on_screen(pilot, "#loss") == first


async def test_markers_can_be_changed_while_it_runs() -> None:
    async with Charts().run_test(size=SIZE) as pilot:
        chart, data = pilot.app.query_one("#loss", Chart), pilot.app.query_one(DataChart)
        chart.show(Plot((Curve(LOSS),), 3000, target=0.2, cursor=700, behind=(LOSS / 2,)), "0.0618")
        data.show(WALK_THROUGH)
        for widget in (chart, data):
            assert widget.marker == "braille"
            widget.marker = "ascii"
        await pilot.pause()
        for selector in ("#loss", "#data"):
            inside = [line[1:-1] for line in on_screen(pilot, selector)[1:-1]]
            assert "".join(inside).isascii()
            assert "".join(inside).strip()


async def test_a_title_is_text_and_no_markup() -> None:
    async with Charts().run_test(size=SIZE) as pilot:
        pilot.app.query_one("#loss", Chart).title = "[b]A[/]: prediction"
        await pilot.pause()
        assert on_screen(pilot, "#loss")[0].startswith("╭─ [b]A[/]: prediction ─")


async def test_columns_and_epochs() -> None:
    async with Charts().run_test(size=SIZE) as pilot:
        chart = pilot.app.query_one("#loss", Chart)
        chart.show(Plot((Curve(LOSS),), 3000, x_start=1000, cursor=1500))
        column = chart.column_of(1500)
        assert abs(chart.epoch_at(column) - 1500) < 2000 / 70
        assert chart.column_of(999) == -1
        assert (chart.epoch_at(0), chart.epoch_at(1000)) == (1000, 3000)


async def test_every_role_has_a_colour_in_every_theme() -> None:
    """A component class that does not exist would raise at the first repaint; the same colour as the ground hides."""
    async with Charts().run_test(size=SIZE) as pilot:
        chart = pilot.app.query_one("#loss", Chart)
        names = [role.name.lower() for role in Role if role not in (Role.BLANK, Role.SERIES)]
        for theme in ("textual-dark", "textual-light", "nord", "solarized-light"):
            pilot.app.theme = theme
            await pilot.pause()
            for name in [*names, "value", *(f"series-{number}" for number in range(SERIES))]:
                style = chart.component_style(name)
                assert style.color is not None
                assert style.color != style.bgcolor


async def test_colours_follow_the_theme() -> None:
    async with Charts().run_test(size=SIZE) as pilot:
        chart = pilot.app.query_one("#loss", Chart)
        dark = chart.component_style("curve")
        pilot.app.theme = "textual-light"
        await pilot.pause()
        assert chart.component_style("curve") != dark


async def test_without_colour_the_value_on_the_border_has_none_either(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with Charts().run_test(size=SIZE) as pilot:
        pilot.app.query_one("#loss", Chart).show(Plot((Curve(LOSS),), 3000), "0.0618")
        await pilot.pause()
        for strip in pilot.app.screen._compositor.render_strips():
            for segment in strip:
                color = segment.style and segment.style.color
                assert not color or len(set(color.get_truecolor())) == 1, segment


async def test_a_cold_start_shows_the_text_first_and_draws_when_it_can() -> None:
    plotext_private._terminal.cache_clear()
    async with Charts().run_test(size=SIZE) as pilot:
        assert "space trains 2000 epochs" in "".join(on_screen(pilot, "#loss"))
        pilot.app.query_one(DataChart).show(WALK_THROUGH)
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert "● A  ▲ B" in on_screen(pilot, "#data")[1]
