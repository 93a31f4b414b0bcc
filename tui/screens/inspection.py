"""What looks inside the run on behalf of the screen: the time cursor, what-ifs, the cell, curves of parameters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from tui.drawing.plotting import resolution
from tui.screens.questions import Question, jump
from tui.text.gates import Choice
from tui.text.numbers import fixed
from tui.view.layout import CURVES
from tui.view.moment import Moment, moment
from tui.view.timeline import TIME_ACTIONS, Axis, Timeline, jumped, settled, towards, zoomed
from tui.view.what_if import NOTHING, WhatIf, inputs_in, typed, value_in, with_inputs, with_parameter
from tui.widgets.epoch_chart import EpochChart
from tui.widgets.gates_panel import CELL_ACTIONS, GatesPanel
from tui.widgets.parameter_table import ParameterTable
from tui.widgets.prediction_table import PredictionTable

if TYPE_CHECKING:
    from tui.screens.main_screen import MainScreen
    from tui.state.session import Session


class Inspection:
    """Carries out the actions about the epoch that is seen.

    timeline: the time cursor and the zoom. what_if: what is changed, for the eye alone.
    """

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self.timeline = Timeline()
        self.what_if = NOTHING
        self.handlers: dict[str, Callable[[], str]] = {
            **{name: partial(self._move, name) for name in TIME_ACTIONS},
            **{name: partial(self._choose, name) for name in CELL_ACTIONS},
            "jump": self._ask_epoch,
            "curve": partial(self._draw_parameters, whole_gate=False),
            "gate_curves": partial(self._draw_parameters, whole_gate=True),
            "what_if": self._ask_parameter,
            "what_if_inputs": self._ask_inputs,
            "put_back": self._put_back,
        }

    def follow(self, before: Session, session: Session) -> None:
        """Give up what makes no sense for the session any more."""
        # A run has no name before it is trained, and the same cursor and what-if when it gets one.
        is_another = session.run != before.run if before.run else session.rewrites != before.rewrites
        self.timeline = Timeline() if is_another else settled(self.timeline, Axis.of(session))
        if is_another or session.specs != before.specs or session.config.data != before.config.data:
            self.what_if = NOTHING

    def moment(self) -> Moment:
        """What the panels show."""
        return moment(self._screen.session, self.timeline, self.what_if)

    @property
    def tried(self) -> tuple[dict[str, float], dict[str, tuple[float, ...]], str]:
        """The what-if: parameters by name, inputs by company, and both in words."""
        names = self._screen.session.config.data.names
        days = {names[company]: inputs for company, inputs in self.what_if.inputs}
        return dict(self.what_if.parameters), days, self.moment().changes

    # --- time --------------------------------------------------------------------------------------------------------

    def point_at(self, epoch: int) -> None:
        """Put the time cursor on an epoch."""
        self._travel(towards(self.timeline, self._axis(), epoch))

    def visit(self, epoch: int, choice: Choice | None) -> None:
        """Put the time cursor on an epoch as it was, without a what-if. choice: what the cell explains there."""
        self.what_if = NOTHING
        if choice is not None:
            self._screen.query_one(GatesPanel).choice = choice
        self.point_at(epoch)

    def zoom(self, steps: int) -> None:
        """Show half the epochs for each step, or twice as many for a step of -1."""
        self._travel(zoomed(self.timeline, self._axis(), steps))

    def _move(self, name: str) -> str:
        return self._travel(TIME_ACTIONS[name](self.timeline, self._axis()))

    def _travel(self, timeline: Timeline) -> str:
        self.timeline = timeline
        self._screen.draw()
        return ""

    def _axis(self) -> Axis:
        """The epochs, on the chart that the cursor is moved on."""
        screen = self._screen
        charts = [chart for chart in screen.query(EpochChart) if chart.id in screen.arrangement.panels]
        chart = next((chart for chart in charts if chart.has_focus), charts[0] if charts else None)
        columns = chart.columns if chart else screen.size.width
        return Axis.of(screen.session, columns, resolution(screen.marker)[0])

    def _ask_epoch(self) -> str:
        def go(epoch: int | None) -> None:
            if epoch is not None:
                self._travel(jumped(self.timeline, self._axis(), epoch))

        self._screen.app.push_screen(jump(self._screen.session.history.last_epoch), go)
        return ""

    # --- the cell, curves --------------------------------------------------------------------------------------------

    def _choose(self, name: str) -> str:
        panel = self._screen.query_one(GatesPanel)
        return panel.choose(name) if panel.display else "g shows the gates first"

    def _draw_parameters(self, *, whole_gate: bool) -> str:
        screen, specs = self._screen, self._screen.session.specs
        chosen = screen.query_one(ParameterTable).chosen(specs)
        names = tuple(spec.name for spec in specs if spec.gate == chosen.gate) if whole_gate else (chosen.name,)
        screen.look(screen.view.drawing(names, screen.arrangement))
        if screen.view.curves and CURVES not in screen.arrangement.panels:
            screen.look(replace(screen.view, panel=CURVES, zoomed=True))
        return ""

    # --- what if -----------------------------------------------------------------------------------------------------

    def _ask_parameter(self) -> str:
        shown = self.moment().shown
        if not shown.history.length:
            return "there are no parameters to change yet"
        chosen = self._screen.query_one(ParameterTable).chosen(shown.specs)
        value = float(shown.history.parameters_at(-1)[shown.specs.index(chosen)])
        change = partial(with_parameter, self.what_if, chosen.name)
        lines = [f"What if {chosen.name} of the {chosen.gate} gate had another value?", _UNTOUCHED]
        return self._ask(lines, fixed(value), lambda text: change(value_in(text)), max_length=40)

    def _ask_inputs(self) -> str:
        shown = self.moment().shown
        if not shown.history.length:
            return "there is no prediction to change yet"
        company = self._company()
        name, days = shown.config.data.names[company], shown.config.data.days[company]
        change = partial(with_inputs, self.what_if, company)
        lines = [f"What if {name} had other values on days 1 to {len(days)}?", _UNTOUCHED]
        return self._ask(lines, typed(days), lambda text: change(inputs_in(text, len(days))), max_length=0)

    def _company(self) -> int:
        """The company that is chosen: in the table of predictions, where it has the focus, or else in the cell."""
        table = self._screen.query_one(PredictionTable)
        if table.has_focus:
            return table.cursor_row
        companies = self._screen.companies()
        return companies[min(self._screen.query_one(GatesPanel).choice.place, len(companies) - 1)]

    def _ask(self, lines: list[str], value: str, change: Callable[[str], WhatIf], *, max_length: int) -> str:
        before = self.what_if

        def parse(text: str) -> WhatIf:
            return before if text.strip() == value else change(text)  # the text may be shorter than the number

        def answered(answer: WhatIf | None) -> None:
            self._try(before if answer is None else answer)

        question = Question("what if", lines, value, parse, max_length=max_length, preview=self._try)
        self._screen.app.push_screen(question, answered)
        return ""

    def _try(self, what_if: WhatIf) -> None:
        self.what_if = what_if
        self._screen.draw()

    def _put_back(self) -> str:
        if not self.what_if:
            return ""
        self._try(NOTHING)
        return "everything is as the run has it"


_UNTOUCHED = "The run itself stays as it is."
