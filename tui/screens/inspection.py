"""The questions about the epoch that is seen: which epoch, and what if a parameter or a day's input were another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Protocol

from lstm_engine.lstm.parameters import ParameterSpec
from tui.screens.questions import Question, jump
from tui.state.session import Session
from tui.text.numbers import fixed
from tui.view.layout import CELL
from tui.view.looking import Looking
from tui.view.timeline import jumped
from tui.view.what_if import WhatIf, inputs_in, typed, value_in, with_inputs, with_parameter

_UNTOUCHED = "The run itself stays as it is."


class Inspected(Protocol):
    """A screen that shows a session, one way or another."""

    @property
    def session(self) -> Session:
        """What it shows."""

    @property
    def looking(self) -> Looking:
        """How."""

    @property
    def company(self) -> int:
        """The number of the company that is chosen."""

    def see(self, looking: Looking) -> None:
        """Show the session that way."""

    def ask(self, question: Question[Any], answered: Callable[[Any], None]) -> None:
        """Put a question. answered: is given the answer, None where there is none."""


class Inspection:
    """Asks, and has the screen show the answers while they are typed."""

    def __init__(self, screen: Inspected) -> None:
        self._screen = screen
        self.handlers: dict[str, Callable[[], str]] = {
            "jump": self._ask_epoch,
            "what_if": self._ask_parameter,
            "what_if_inputs": self._ask_inputs,
        }

    @property
    def what_if(self) -> WhatIf:
        """What is changed, for the eye alone."""
        return self._screen.looking.what_if

    def _ask_epoch(self) -> str:
        def go(epoch: int | None) -> None:
            if epoch is not None:
                looking = self._screen.looking
                axis = looking.axis(self._screen.session)
                self._screen.see(replace(looking, timeline=jumped(looking.timeline, axis, epoch)))

        self._screen.ask(jump(self._screen.session.history.last_epoch), go)
        return ""

    def _ask_parameter(self) -> str:
        shown = self._shown()
        if not shown.history.length:
            return "there are no parameters to change yet"
        chosen = _parameter(self._screen.looking, shown.specs)
        value = float(shown.history.parameters_at(-1)[shown.specs.index(chosen)])
        change = partial(with_parameter, self.what_if, chosen.name)
        lines = [f"What if {chosen.name} of the {chosen.gate} gate had another value?", _UNTOUCHED]
        return self._ask(lines, fixed(value), lambda text: change(value_in(text)), max_length=40)

    def _ask_inputs(self) -> str:
        shown = self._shown()
        if not shown.history.length:
            return "there is no prediction to change yet"
        company = self._screen.company
        name, days = shown.config.data.names[company], shown.config.data.days[company]
        change = partial(with_inputs, self.what_if, company)
        lines = [f"What if {name} had other values on days 1 to {len(days)}?", _UNTOUCHED]
        return self._ask(lines, typed(days), lambda text: change(inputs_in(text, len(days))), max_length=0)

    def _shown(self) -> Session:
        return self._screen.looking.moment(self._screen.session).with_what_if

    def _ask(self, lines: list[str], value: str, change: Callable[[str], WhatIf], *, max_length: int) -> str:
        before = self.what_if

        def parse(text: str) -> WhatIf:
            return before if text.strip() == value else change(text)  # the text may be shorter than the number

        def answered(answer: WhatIf | None) -> None:
            self._try(before if answer is None else answer)

        question = Question("what if", lines, value, parse, max_length=max_length, preview=answered)
        self._screen.ask(question, answered)
        return ""

    def _try(self, what_if: WhatIf) -> None:
        self._screen.see(replace(self._screen.looking, what_if=what_if))


def _parameter(looking: Looking, specs: Sequence[ParameterSpec]) -> ParameterSpec:
    """The parameter that is chosen in the table; one of the gate chosen in the cell, where that has the focus."""
    chosen = next(spec for spec in specs if spec.name == looking.on_screen.parameter)
    if looking.view.panel != CELL or CELL not in looking.on_screen.arrangement.panels:
        return chosen
    of_gate = [spec for spec in specs if spec.gate == looking.choice.name]
    return chosen if chosen in of_gate or not of_gate else of_gate[0]
