"""What the panels are given to draw, and that those out of sight are given nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.content import Content
from textual.widget import Widget

from lstm_engine.run.config import RunConfig
from tests.support.hands import NARROW, SMALL, WIDE, Hands, dashboard
from tests.support.script import Bench, companies, epochs, opened, settled, training
from tests.support.soak import first
from tui.drawing.curves import Plot
from tui.text.gates import Choice
from tui.view.layout import CELL, CURVES, DATA, LOSS, PARAMETERS, PREDICTIONS, company_panel
from tui.widgets.chart import Chart
from tui.widgets.epoch_chart import EpochChart
from tui.widgets.lines import Lines

PANELS = (LOSS, company_panel(0), company_panel(1), PARAMETERS, PREDICTIONS, CURVES, DATA, CELL)


class Shown:
    """Notes what the widgets of these names are told to show, while they show it."""

    def __init__(self, hands: Hands, names: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
        self.told: dict[str, tuple[object, ...]] = {}
        for name in names:
            self._note(hands.screen.query_one(f"#{name}"), name, monkeypatch)

    def _note(self, widget: Widget, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
        show = widget.show  # type: ignore[attr-defined]

        def noted(*told: object) -> None:
            self.told[name] = told
            show(*told)

        monkeypatch.setattr(widget, "show", noted)

    def plot(self, name: str) -> Plot:
        plot = self.told[name][0]
        assert isinstance(plot, Plot)
        return plot


@pytest.mark.parametrize("keys", [(), ("tab",), ("z",), ("g",), ("d",), ("w",)], ids="-".join)
@pytest.mark.parametrize("size", first(1, [NARROW, WIDE, SMALL]), ids=["narrow", "wide", "small"])
async def test_what_is_out_of_sight_is_not_drawn(
    size: tuple[int, int], keys: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with dashboard(Bench(training()), size) as hands:
        await hands.press(*keys)
        shown = Shown(hands, PANELS, monkeypatch)
        await hands.say(epochs(1201, 1300))
        assert shown.told.keys() == set(PANELS) & set(hands.screen.arrangement.panels) != set()


async def test_each_chart_has_its_own_curve(monkeypatch: pytest.MonkeyPatch) -> None:
    async with dashboard(Bench(training()), WIDE) as hands:
        await hands.press("y")
        shown = Shown(hands, PANELS, monkeypatch)
        await hands.say(epochs(1201, 1300))
        history = hands.session.history
        assert shown.plot(LOSS).curves[0].values.tolist()[1:] == history.loss.tolist()[1:]
        for company in (0, 1):
            plot = shown.plot(company_panel(company))
            assert plot.curves[0].values.tolist() == history.prediction(company).tolist()
            assert plot.target == hands.session.config.data.targets[company]
        assert [shown.plot(name).log for name in PANELS[:3]] == [True, False, False]


@pytest.mark.parametrize(("count", "bounds"), [(2, 0), (9, 2)])
async def test_many_companies_have_a_band_behind_the_loss_which_its_title_tells(
    count: int, bounds: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = RunConfig(data=companies(count))
    async with dashboard(Bench(training(config=config), config=config), WIDE) as hands:
        await hands.press("z")
        shown = Shown(hands, PANELS, monkeypatch)
        await hands.say(epochs(1201, 1300, config))
        assert len(shown.plot(LOSS).behind) == bounds
        assert all(len(bound) == 1301 for bound in shown.plot(LOSS).behind)
        title = hands.screen.query_one(f"#{LOSS}", EpochChart).title
        assert ("the middle 80 % of the companies" in title) == bool(bounds)


async def test_another_run_s_axes_begin_anew_also_out_of_sight(monkeypatch: pytest.MonkeyPatch) -> None:
    async with dashboard(Bench(training()), NARROW) as hands:
        begun: list[str | None] = []
        for chart in hands.screen.query(EpochChart):
            monkeypatch.setattr(chart, "reset", lambda chart=chart: begun.append(chart.id))
        await hands.say(epochs(1201, 1300))
        assert begun == []
        await hands.say(opened(RunConfig(seed=7)))
        assert begun == [LOSS, company_panel(0), company_panel(1), CURVES]


async def test_a_choice_that_there_is_not_becomes_the_nearest_one() -> None:
    async with dashboard(Bench(training()), WIDE) as hands:
        await hands.press("g")
        hands.screen.see(replace(hands.screen.looking, choice=Choice(place=7, day=99)))
        assert hands.screen.looking.choice == Choice(place=1, day=hands.session.config.data.day_count - 1)


async def test_tabs_tell_which_panel_is_in_sight() -> None:
    async with dashboard(Bench(training()), NARROW) as hands:
        await hands.press("tab")
        assert hands.screen.arrangement.panels == (company_panel(0),)
        tabs = hands.screen.query_one("#tabs", Lines).render()
        assert isinstance(tabs, Content)
        assert [tabs.plain[span.start : span.end] for span in tabs.spans if span.style == "reverse bold"] == [" A "]


async def test_too_small_a_screen_says_how_small_it_is() -> None:
    async with dashboard(Bench(training()), (59, 19)) as hands:
        lines = hands.screen.query_one("#too-small", Lines)
        text = " ".join(lines.render_line(row).text for row in range(lines.size.height))
        assert "59" in text
        assert "19" in text


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
async def test_both_companies_have_one_value_axis(size: tuple[int, int]) -> None:
    async with dashboard(Bench(training(1200)), size) as hands:
        ticks = []
        for place in (0, 1):
            hands.screen.action_go_to(company_panel(place))
            await settled(hands.app, hands.pilot)
            chart = hands.screen.query_one(f"#{company_panel(place)}", Chart)
            picture = chart.picture(chart.content_size.width, chart.content_size.height)
            ticks.append([picture.text(row)[:5].strip() for row in range(picture.height)][:-2])
        assert ticks[0] == ticks[1]
        assert "1.0" in ticks[0], "B's target is not among A's values"
