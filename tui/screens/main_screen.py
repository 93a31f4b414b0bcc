"""The dashboard's screen: all panels, drawn from a session, arranged for the size they have."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.events import DescendantFocus

from tui.options import Marker
from tui.screens.inspection import Inspection
from tui.state.session import Session
from tui.terminal.fitted_screens import FittedScreen
from tui.tour.lesson import Lesson, Scene
from tui.view import status_lines as statuslines
from tui.view.curves import loss_curve, loss_title, panel_titles, parameter_curves, prediction_curve, prediction_title
from tui.view.error_band import ErrorBand
from tui.view.layout import (
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
from tui.view.moment import Moment
from tui.view.selection import next_selection
from tui.view.timeline import Timeline
from tui.widgets.chart import Accent, Chart
from tui.widgets.data_chart import DataChart
from tui.widgets.epoch_chart import EpochChart
from tui.widgets.failure_panel import FailurePanel
from tui.widgets.gates_panel import GatesPanel
from tui.widgets.key_line import KeyLine
from tui.widgets.lines import Lines
from tui.widgets.log_panel import LogPanel
from tui.widgets.overlay_chart import OverlayChart
from tui.widgets.parameter_table import ParameterTable
from tui.widgets.prediction_table import PredictionTable
from tui.widgets.tour_panel import TourPanel

_COMPANY_PANELS = (company_panel(0), company_panel(1))
_LEFT = (LOSS, *_COMPANY_PANELS)
_RIGHT = (PARAMETERS, PREDICTIONS, CURVES, DATA, LOG)
_PANELS = (FAILURE, *_LEFT, *_RIGHT, CELL)


class MainScreen(FittedScreen[None]):
    """Shows a session: `show` draws it, `look` changes what of it is seen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "app.perform('next_panel')", show=False),
        Binding("shift+tab", "app.perform('previous_panel')", show=False),
    ]

    def __init__(self, session: Session, marker: Marker) -> None:
        super().__init__()
        self.session = session
        self.marker = marker
        self._rewrites = session.rewrites
        self.view = View()
        self.inspection = Inspection(self)
        self._band = ErrorBand()
        self._is_holding = False
        self._is_put_off = False
        self.arrangement = Arrangement("too small", ())

    def compose(self) -> ComposeResult:
        plain = self.marker == "ascii"
        yield Lines(id="header", ascii_text=plain)
        yield Lines(id="status", ascii_text=plain)
        with Horizontal(id="body"):
            with Vertical(id="panels"):
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
                        yield OverlayChart(marker=self.marker, id=CURVES)
                        yield DataChart(marker=self.marker, id=DATA)
                        yield LogPanel(id=LOG)
                yield GatesPanel(marker=self.marker, id=CELL)
                yield Lines(id="strip", ascii_text=plain)
            yield TourPanel(ascii_text=plain, id="tour")
        yield Lines(id="too-small", ascii_text=plain)
        yield Lines(id="notice", ascii_text=plain)
        yield KeyLine(self.session.state, id="keys")

    def _chart(self, panel: str, accent: Accent, empty_text: str) -> Chart:
        return Chart("", accent=accent, empty_text=empty_text, marker=self.marker, id=panel)

    def on_mount(self) -> None:
        self._arrange()
        self._draw_after_layout()
        self.query_one(f"#{self.view.panel}").focus()

    def on_resize(self) -> None:
        self._arrange()
        self._draw_after_layout()

    # --- what is seen ------------------------------------------------------------------------------------------------

    def look(self, view: View) -> None:
        """See the session another way."""
        self.view = view
        before = self.arrangement
        self._arrange()
        if self.arrangement != before:
            self._draw_after_layout()
        panel = self.query_one(f"#{view.panel}")
        if panel.display and self.focused is not panel:
            self.set_focus(panel, scroll_visible=False)  # at once: the next key may be on its way already

    def act(self, name: str) -> str:
        """Carry out the action of that name, which is about what is seen; what to say about it."""
        if name in self.inspection.handlers:
            return self.inspection.handlers[name]()
        if name == "selection":
            return self._select()
        view, said = VIEW_ACTIONS[name](self.view, self.arrangement)
        self.look(view)
        return said

    def _select(self) -> str:
        view, said = next_selection(self.view, self.inspection.moment().then)
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

    def on_epoch_chart_clicked(self, event: EpochChart.Clicked) -> None:
        self.inspection.point_at(event.epoch)

    def on_epoch_chart_wheeled(self, event: EpochChart.Wheeled) -> None:
        self.inspection.zoom(event.steps)

    def on_prediction_table_chosen(self, event: PredictionTable.Chosen) -> None:
        self.look(self.view.choosing(event.company))

    def _arrange(self) -> None:
        session = self.session
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
        self._arrange_tour()
        for mode in ("board", "single", "too small"):
            self.set_class(self.arrangement.mode == mode, f"-{mode.replace(' ', '-')}")
        self.draw()

    def _draw_after_layout(self) -> None:
        """Titles are as long as there is room, which is known then."""
        self.call_after_refresh(self.draw)

    def _arrange_tour(self) -> None:
        panel, size = self.query_one(TourPanel), self.arrangement.tour
        self.query_one("#body").display = self.arrangement.mode != "too small"
        panel.display = size is not None
        self.set_class(size is not None and not size[0], "-tour-below")
        if size is not None:
            panel.styles.width, panel.styles.height = (length or "1fr" for length in size)

    # --- the tour ----------------------------------------------------------------------------------------------------

    def teach(self, lesson: Lesson | None) -> None:
        """Show the tour's lesson beside or below the panels; None shows them alone."""
        if self.view.tour != (lesson is not None):
            self.look(replace(self.view, tour=lesson is not None))
        if lesson is not None and self.arrangement.tour is not None:
            self.query_one(TourPanel).show(lesson, beside=bool(self.arrangement.tour[0]))

    def set_stage(self, scene: Scene) -> None:
        """Put the scene's panel in sight, on the newest epoch."""
        self.inspection.visit(self.session.history.last_epoch, scene.choice)
        wants_data = self.view.data or scene.panel == DATA
        self.look(replace(self.view, panel=scene.panel, zoomed=False, cell=scene.panel == CELL, data=wants_data))

    def set_scene(self, scene: Scene) -> None:
        """Show the scene."""
        self.set_stage(scene)
        self.inspection.visit(scene.epoch, scene.choice)

    @property
    def timeline(self) -> Timeline:
        """The time cursor and the zoom."""
        return self.inspection.timeline

    # --- drawing -----------------------------------------------------------------------------------------------------

    def show(self, session: Session) -> None:
        """Draw the session."""
        before, self.session = self.session, session
        self.inspection.follow(before, session)
        if session.config.data.names != before.config.data.names:
            self.view = self.view.of_other_companies()
        if (session.failure is None) != (before.failure is None):
            self.look(replace(self.view, panel=LOSS if session.failure is None else FAILURE, zoomed=False))
        elif session.config.data != before.config.data or session.specs != before.specs:
            self._arrange()
            self._draw_after_layout()
        else:
            self.draw()

    @contextmanager
    def one_drawing(self) -> Iterator[None]:
        """Within it nothing is drawn, and at its end all at once: a key may change both what is seen and how."""
        self._is_holding = True
        try:
            yield
        finally:
            self._is_holding = False
            if self._is_put_off:
                self._is_put_off = False
                self.draw()

    def draw(self) -> None:
        """Draw the session again, as it is to be seen now."""
        if self._is_holding:
            self._is_put_off = True
            return
        session = self.session
        if session.rewrites != self._rewrites:
            self._rewrites = session.rewrites
            for chart in self.query(EpochChart):
                chart.reset()
        moment = self.inspection.moment()
        self.set_class(bool(moment.what_if), "-what-if")
        self.set_class(bool(moment.what_if.inputs), "-what-if-inputs")
        self._draw_lines(moment)
        self.query_one(FailurePanel).show(session)
        self.query_one(LogPanel).show(session)
        self.query_one(KeyLine).show(session.state)
        for draw in (*self._charts(moment), *self._other_panels(moment)):
            draw()

    def _other_panels(self, moment: Moment) -> Iterator[Callable[[], None]]:
        """What draws each of the tables and panels of one epoch that are in sight."""
        if (parameters := self.query_one(ParameterTable)).display:
            yield partial(parameters.show, moment.shown, moment.note, moment.what_if.names)
        if (predictions := self.query_one(PredictionTable)).display:
            yield partial(predictions.show, moment.shown, moment.note)
        if (cell := self.query_one(GatesPanel)).display:
            yield partial(cell.show, moment.shown, self.companies(), moment.note)
        if (data := self.query_one(DataChart)).display:
            yield partial(data.show, moment.shown.config.data, self.companies())

    def _draw_lines(self, moment: Moment) -> None:
        session = moment.session
        run, config, state, parent = session.run, session.config, session.state, session.parent
        self._line("header").show(lambda width: statuslines.header(config, state, run, width, parent))
        self._line("status").show(lambda width: statuslines.status(session, width))
        seen = statuslines.seen(moment, self.size.width)
        taken = sum(len(text) for text, _ in seen)
        self._line("notice").show(lambda width: [*seen, *statuslines.notice(session, width, taken)])
        if self.arrangement.tabs:
            names = panel_titles(session, self.view.companies)
            titles = {panel: names[panel] for panel in self.arrangement.tabs}
            current = self.arrangement.panels[0]
            self._line("tabs").show(lambda _: statuslines.tabs(titles, current))
        companies = self.companies()
        self._line("strip").show(lambda _: statuslines.strip(moment.shown, companies))
        width, height = self.size
        self._line("too-small").show(lambda _: statuslines.too_small(width, height))

    def _line(self, name: str) -> Lines:
        return self.query_one(f"#{name}", Lines)

    def companies(self) -> tuple[int, ...]:
        """The numbers of the companies that are in the charts."""
        count = len(self.session.config.data.names)
        return tuple(company for company in self.view.companies if company < count)

    def _charts(self, moment: Moment) -> Iterator[Callable[[], None]]:
        """What draws each of the charts in sight."""
        session, seen = moment.session, moment.sight
        loss = self.query_one(f"#{LOSS}", Chart)
        if loss.display:
            band, log = self._band.follow(session), self.view.log_scale
            loss.title = loss_title(session, band, loss.size.width, log=log)
            yield partial(loss.show, *loss_curve(session, seen, band, log=log))
        curves = self.query_one(OverlayChart)
        if curves.display:
            yield partial(curves.show, *parameter_curves(session, seen, self.view.curves))
        for place, company in enumerate(self.companies()):
            chart = self.query_one(f"#{company_panel(place)}", Chart)
            if chart.display:
                chart.title = prediction_title(session, company, chart.size.width)
                yield partial(chart.show, *prediction_curve(moment, company))
