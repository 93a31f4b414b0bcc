"""The dashboard's screen: all panels, drawn from a session, arranged for the size they have."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.events import DescendantFocus
from textual.screen import Screen

from tui import statuslines
from tui.curves import loss_curve, panel_titles, parameter_curves, prediction_curve, prediction_title
from tui.moment import at_sight
from tui.options import Marker
from tui.plotting import resolution
from tui.screens.dialogs import jump
from tui.screens.layout import (
    CELL,
    CURVES,
    DATA,
    FAILURE,
    LOG,
    LOSS,
    PARAMETERS,
    PREDICTIONS,
    VIEW_ACTIONS,
    Arrangement,
    View,
    arrange,
    company_panel,
)
from tui.selection import next_selection
from tui.session import Session
from tui.timeline import TIME_ACTIONS, Axis, Sight, Timeline, jumped, settled, sight, towards, zoomed
from tui.widgets.cell import CellPanel
from tui.widgets.chart import Accent, Chart, DataChart
from tui.widgets.epochs import EpochChart
from tui.widgets.failure import FailurePanel
from tui.widgets.keys import KeyLine
from tui.widgets.lines import Lines
from tui.widgets.log import LogPanel
from tui.widgets.overlay import OverlayChart
from tui.widgets.tables import ParameterTable, PredictionTable

_COMPANY_PANELS = (company_panel(0), company_panel(1))
_LEFT = (LOSS, *_COMPANY_PANELS)
_RIGHT = (PARAMETERS, PREDICTIONS, CURVES, DATA, LOG)
_PANELS = (FAILURE, *_LEFT, *_RIGHT, CELL)


class BenchScreen(Screen[None]):
    """Shows a session: `show` draws it, `look` changes what of it is seen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "app.perform('next_panel')", show=False),
        Binding("shift+tab", "app.perform('previous_panel')", show=False),
    ]

    def __init__(self, session: Session, marker: Marker) -> None:
        super().__init__()
        self._session = session
        self._marker = marker
        self._rewrites = session.rewrites
        self.view = View()
        self.timeline = Timeline()
        self.arrangement = Arrangement("too small", ())

    def compose(self) -> ComposeResult:
        plain = self._marker == "ascii"
        yield Lines(id="header", ascii_text=plain)
        yield Lines(id="status", ascii_text=plain)
        yield Lines(id="tabs", ascii_text=plain)
        yield FailurePanel(id=FAILURE)
        with Horizontal(id="board"):
            with Vertical(id="left"):
                yield self._chart(LOSS, "loss", "the loss, epoch by epoch")
                with Horizontal(id="companies"):
                    yield self._chart(_COMPANY_PANELS[0], "company-0", "the prediction, epoch by epoch")
                    yield self._chart(_COMPANY_PANELS[1], "company-1", "the prediction, epoch by epoch")
            with Vertical(id="right"):
                yield ParameterTable(id=PARAMETERS)
                yield PredictionTable(id=PREDICTIONS)
                yield OverlayChart(marker=self._marker, id=CURVES)
                yield DataChart(marker=self._marker, id=DATA)
                yield LogPanel(id=LOG)
        yield CellPanel(marker=self._marker, id=CELL)
        yield Lines(id="strip", ascii_text=plain)
        yield Lines(id="too-small", ascii_text=plain)
        yield Lines(id="notice", ascii_text=plain)
        yield KeyLine(self._session.state, id="keys")

    def _chart(self, panel: str, accent: Accent, empty_text: str) -> Chart:
        return Chart("", accent=accent, empty_text=empty_text, marker=self._marker, id=panel)

    def on_mount(self) -> None:
        self._arrange()
        self.query_one(f"#{self.view.panel}").focus()

    def on_resize(self) -> None:
        self._arrange()

    # --- what is seen ------------------------------------------------------------------------------------------------

    def look(self, view: View) -> None:
        """See the session another way."""
        self.view = view
        self._arrange()
        panel = self.query_one(f"#{view.panel}")
        if panel.display and self.focused is not panel:
            self.set_focus(panel, scroll_visible=False)  # at once: the next key may be on its way already

    def act(self, name: str) -> str:
        """Carry out the action of that name, which is about what is seen; what to say about it."""
        if name == "jump":
            self._ask_epoch()
            return ""
        if name in TIME_ACTIONS:
            self.travel(TIME_ACTIONS[name](self.timeline, self._axis()))
            return ""
        if name in ("curve", "gate_curves"):
            self._draw_parameters(whole_gate=name == "gate_curves")
            return ""
        if name == "selection":
            return self._select()
        if name not in VIEW_ACTIONS:
            panel = self.query_one(CellPanel)
            return panel.choose(name) if panel.display else "g shows the gates first"
        view, said = VIEW_ACTIONS[name](self.view, self.arrangement)
        self.look(view)
        return said

    def _draw_parameters(self, *, whole_gate: bool) -> None:
        chosen = self.query_one(ParameterTable).chosen(self._session.specs)
        specs = self._session.specs if whole_gate else (chosen,)
        self.look(self.view.drawing(tuple(spec.name for spec in specs if spec.gate == chosen.gate), self.arrangement))
        if self.view.curves and CURVES not in self.arrangement.panels:
            self.look(replace(self.view, panel=CURVES, zoomed=True))

    def _select(self) -> str:
        moment = at_sight(self._session, sight(self.timeline, Axis.of(self._session)))
        view, said = next_selection(self.view, moment)
        if view != self.view:
            self.look(view)
            self.query_one(PredictionTable).move_cursor(row=view.companies[0])
        return said

    def action_go_to(self, panel: str) -> None:
        """Focus a panel."""
        self.look(replace(self.view, panel=panel))

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        panel = event.widget.id
        if panel in _PANELS and panel != self.view.panel:
            self.view = replace(self.view, panel=panel)

    def travel(self, timeline: Timeline) -> None:
        """See another epoch, or other axes."""
        self.timeline = timeline
        self._draw()

    def _axis(self) -> Axis:
        """The epochs, on the chart that the cursor is moved on."""
        charts = [chart for chart in self.query(EpochChart) if chart.id in self.arrangement.panels]
        chart = next((chart for chart in charts if chart.has_focus), charts[0] if charts else None)
        return Axis.of(self._session, chart.columns if chart else self.size.width, resolution(self._marker)[0])

    def _ask_epoch(self) -> None:
        def go(epoch: int | None) -> None:
            if epoch is not None:
                self.travel(jumped(self.timeline, self._axis(), epoch))

        self.app.push_screen(jump(self._session.history.last_epoch), go)

    def on_epoch_chart_clicked(self, event: EpochChart.Clicked) -> None:
        self.travel(towards(self.timeline, self._axis(), event.epoch))

    def on_epoch_chart_wheeled(self, event: EpochChart.Wheeled) -> None:
        self.travel(zoomed(self.timeline, self._axis(), event.steps))

    def on_prediction_table_chosen(self, event: PredictionTable.Chosen) -> None:
        self.look(self.view.choosing(event.company))

    def _arrange(self) -> None:
        session = self._session
        data = session.config.data
        failed = session.failure is not None
        self.arrangement = arrange(self.view, self.size, len(data.names), len(session.specs), failed=failed)
        shown = set(self.arrangement.panels)
        for panel in _PANELS:
            self.query_one(f"#{panel}").display = panel in shown
        self.query_one("#board").display = not shown.isdisjoint(_LEFT + _RIGHT)
        self.query_one("#left").display = not shown.isdisjoint(_LEFT)
        self.query_one("#companies").display = not shown.isdisjoint(_COMPANY_PANELS)
        self.query_one("#right").display = not shown.isdisjoint(_RIGHT)
        self.query_one("#tabs").display = bool(self.arrangement.tabs)
        self.query_one("#strip").display = self.arrangement.strip
        for mode in ("board", "single", "too small"):
            self.set_class(self.arrangement.mode == mode, f"-{mode.replace(' ', '-')}")
        self._draw()

    # --- drawing -----------------------------------------------------------------------------------------------------

    def show(self, session: Session, share: int | None = None) -> None:
        """Draw the session. share: besides the lines only one panel, the next one for the next number."""
        before, self._session = self._session, session
        self.timeline = settled(self.timeline, Axis.of(session))
        if (session.failure is None) != (before.failure is None):
            self.look(replace(self.view, panel=LOSS if session.failure is None else FAILURE, zoomed=False))
        elif session.config.data != before.config.data or session.specs != before.specs:
            self._arrange()
        else:
            self._draw(share)

    def _draw(self, share: int | None = None) -> None:
        session = self._session
        if session.rewrites != self._rewrites:
            self._rewrites = session.rewrites
            for chart in self.query(EpochChart):
                chart.reset()
        seen = sight(self.timeline, Axis.of(session))
        self._draw_lines(session, seen)
        self.query_one(FailurePanel).show(session)
        self.query_one(LogPanel).show(session)
        self.query_one(KeyLine).show(session.state)
        panels = [*self._charts(session, seen), *self._other_panels(session, seen)]
        for draw in panels if share is None or not panels else [panels[share % len(panels)]]:
            draw()

    def _other_panels(self, session: Session, seen: Sight) -> Iterator[Callable[[], None]]:
        """What draws each of the tables and panels of one epoch that are in sight."""
        moment = at_sight(session, seen)
        note = "" if seen.is_live else f"at epoch {seen.epoch}"
        for table in (self.query_one(ParameterTable), self.query_one(PredictionTable)):
            if table.display:
                yield partial(table.show, moment, note)
        if self.query_one(CellPanel).display:
            yield partial(self.query_one(CellPanel).show, moment, self._companies(), note)
        if self.query_one(DataChart).display:
            yield partial(self.query_one(DataChart).show, session.config.data, self._companies())

    def _draw_lines(self, session: Session, seen: Sight) -> None:
        run, config, state, parent = session.run, session.config, session.state, session.parent
        self._line("header").show(lambda width: statuslines.header(config, state, run, width, parent))
        self._line("status").show(lambda width: statuslines.status(session, width))
        looking_back = statuslines.looking_back(seen, session.history.last_epoch)
        taken = sum(len(text) for text, _ in looking_back)
        self._line("notice").show(lambda width: [*looking_back, *statuslines.notice(session, width - taken)])
        if self.arrangement.tabs:
            names = panel_titles(session, self.view.companies)
            titles = {panel: names[panel] for panel in self.arrangement.tabs}
            current = self.arrangement.panels[0]
            self._line("tabs").show(lambda _: statuslines.tabs(titles, current))
        companies = self._companies()
        moment = at_sight(session, seen)
        self._line("strip").show(lambda _: statuslines.strip(moment, companies))
        width, height = self.size
        self._line("too-small").show(lambda _: statuslines.too_small(width, height))

    def _line(self, name: str) -> Lines:
        return self.query_one(f"#{name}", Lines)

    def _companies(self) -> tuple[int, ...]:
        count = len(self._session.config.data.names)
        return tuple(company for company in self.view.companies if company < count)

    def _charts(self, session: Session, seen: Sight) -> Iterator[Callable[[], None]]:
        """What draws each of the charts in sight."""
        loss = self.query_one(f"#{LOSS}", Chart)
        if loss.display:
            loss.title = "train loss, log scale" if self.view.log_scale else "train loss"
            yield partial(loss.show, *loss_curve(session, seen, log=self.view.log_scale))
        curves = self.query_one(OverlayChart)
        if curves.display:
            yield partial(curves.show, *parameter_curves(session, seen, self.view.curves))
        for place, company in enumerate(self._companies()):
            chart = self.query_one(f"#{company_panel(place)}", Chart)
            if chart.display:
                chart.title = prediction_title(session, company, chart.size.width)
                yield partial(chart.show, *prediction_curve(session, seen, company))
