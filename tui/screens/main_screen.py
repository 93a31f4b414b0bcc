"""The dashboard's screen: all panels, drawn from a session, arranged for the size they have."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.events import DescendantFocus

from tui.drawing.plotting import resolution
from tui.screens.inspection import Inspection
from tui.screens.panel_drawings import PanelDrawings
from tui.screens.questions import Question
from tui.state.session import Session
from tui.terminal.characters import marker_of
from tui.terminal.fitted_screens import FittedScreen
from tui.tour.lesson import Lesson
from tui.tour.place import Scene
from tui.view.footer import footer_state
from tui.view.layout import (
    CELL,
    CURVES,
    DATA,
    FAILURE,
    LOG,
    LOSS,
    NO_ROOM,
    PARAMETERS,
    PREDICTIONS,
    Arrangement,
    View,
    company_panel,
)
from tui.view.looking import Looking, OnScreen, arranged
from tui.view.looking_actions import LOOKING_ACTIONS
from tui.view.moment import Moment
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
    """Shows a session: `show` draws it, `see` changes how it is looked at."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "app.perform('next_panel')", show=False),
        Binding("shift+tab", "app.perform('previous_panel')", show=False),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._looking = Looking()
        self.inspection = Inspection(self)
        self._drawings = PanelDrawings(self, session.rewrites)
        self._is_holding = False
        self._is_put_off = False
        self.arrangement: Arrangement = NO_ROOM

    def compose(self) -> ComposeResult:
        yield Lines(id="header")
        yield Lines(id="status")
        with Horizontal(id="body"):
            with Vertical(id="panels"):
                yield Lines(id="tabs")
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
                        yield OverlayChart(id=CURVES)
                        yield DataChart(id=DATA)
                        yield LogPanel(id=LOG)
                yield GatesPanel(id=CELL)
                yield Lines(id="strip")
            yield TourPanel(id="tour")
        yield Lines(id="too-small")
        yield Lines(id="notice")
        yield KeyLine(footer_state(self.session), id="keys")

    def _chart(self, panel: str, accent: Accent, empty_text: str) -> Chart:
        return Chart("", accent=accent, empty_text=empty_text, id=panel)

    def on_mount(self) -> None:
        self._arrange()
        self._draw_after_layout()
        self.query_one(f"#{self.view.panel}").focus()

    def on_resize(self) -> None:
        self._arrange()
        self._draw_after_layout()

    # --- what is seen ------------------------------------------------------------------------------------------------

    @property
    def session(self) -> Session:
        """As it was drawn last."""
        return self._session

    @property
    def view(self) -> View:
        """Which panels are wanted."""
        return self._looking.view

    @property
    def timeline(self) -> Timeline:
        """The time cursor and the zoom."""
        return self._looking.timeline

    @property
    def looking(self) -> Looking:
        """How the session is looked at, on the screen as it is."""
        charts = [chart for chart in self.query(EpochChart) if chart.id in self.arrangement.panels]
        chart = next((chart for chart in charts if chart.has_focus), charts[0] if charts else None)
        columns, across = chart.columns if chart else self.size.width, resolution(marker_of(self.app))[0]
        parameter = self.query_one(ParameterTable).chosen(self.session.specs).name
        return replace(self._looking, on_screen=OnScreen(self.size, self.arrangement, columns, across, parameter))

    @property
    def company(self) -> int:
        """The company that is chosen: in the table of predictions, where it has the focus, or else in the cell."""
        table = self.query_one(PredictionTable)
        if table.has_focus:
            return table.cursor_row
        companies = self._companies()
        return companies[min(self._looking.choice.place, len(companies) - 1)]

    def _companies(self) -> tuple[int, ...]:
        return self._looking.companies(self.session)

    def see(self, looking: Looking) -> None:
        """Look at the session that way."""
        before, self._looking = self._looking, looking
        if looking.view != before.view:
            self._look(looking.view)
        else:
            self.draw()

    def _look(self, view: View) -> None:
        """Show those panels, and give the focus to the one that the view names."""
        self._looking = replace(self._looking, view=view)
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
        before = self.looking
        looking, sentence = LOOKING_ACTIONS[name](before, self.session)
        self.see(looking)
        if looking.view.pick != before.view.pick:
            self.query_one(PredictionTable).move_cursor(row=looking.view.companies[0])
        return sentence

    def ask(self, question: Question[Any], answered: Callable[[Any], None]) -> None:
        """Put a question over the screen."""
        self.app.push_screen(question, answered)

    def action_go_to(self, panel: str) -> None:
        """Focus a panel."""
        self._look(replace(self.view, panel=panel))

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        panel = event.widget.id
        if panel in _PANELS and panel != self.view.panel:
            self._looking = replace(self._looking, view=replace(self.view, panel=panel))

    def on_epoch_chart_clicked(self, event: EpochChart.Clicked) -> None:
        self.see(self.looking.pointing_at(event.epoch, self.session))

    def on_epoch_chart_wheeled(self, event: EpochChart.Wheeled) -> None:
        self.see(self.looking.zooming(event.steps, self.session))

    def on_prediction_table_chosen(self, event: PredictionTable.Chosen) -> None:
        self._look(self.view.choosing(event.company))

    def _arrange(self) -> None:
        self.arrangement = arranged(self.view, self.size, self.session)
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
            panel.move(beside=bool(size[0]))

    # --- the tour ----------------------------------------------------------------------------------------------------

    def teach(self, lesson: Lesson | None) -> None:
        """Show the tour's lesson beside or below the panels; None shows them alone."""
        if self.view.tour != (lesson is not None):
            self._look(replace(self.view, tour=lesson is not None))
        if lesson is not None and self.arrangement.tour is not None:
            self.query_one(TourPanel).show(lesson, beside=bool(self.arrangement.tour[0]))

    def set_stage(self, scene: Scene) -> None:
        """Put the scene's panel in sight, on the newest epoch."""
        self.see(self.looking.visiting(self.session.history.last_epoch, scene.choice, self.session))
        wants_data = self.view.data or scene.panel == DATA
        self._look(replace(self.view, panel=scene.panel, zoomed=False, cell=scene.panel == CELL, data=wants_data))

    def set_scene(self, scene: Scene) -> None:
        """Put the scene's panel in sight, on the scene's epoch."""
        self.set_stage(scene)
        self.see(self.looking.visiting(scene.epoch, scene.choice, self.session))

    # --- drawing -----------------------------------------------------------------------------------------------------

    def show(self, session: Session) -> None:
        """Draw the session."""
        before, self._session = self._session, session
        self._looking = self._looking.following(before, session)
        if (session.failure is None) != (before.failure is None):
            self._look(replace(self.view, panel=LOSS if session.failure is None else FAILURE, zoomed=False))
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
        moment = self._looking.moment(self.session)
        self.set_class(bool(moment.what_if), "-what-if")
        self.set_class(bool(moment.what_if.inputs), "-what-if-inputs")
        self._draw_lines(moment)
        self._looking = replace(self._looking, choice=self._drawings.draw_panels(moment, self._looking))

    def _draw_lines(self, moment: Moment) -> None:
        self._drawings.draw_lines(moment, self._looking, self.arrangement)
