"""The table of the parameters since the start."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.binding import BindingType

from lstm_engine.lstm.parameters import GATES, ParameterSpec
from tui.state.session import Session
from tui.text.numbers import number
from tui.text.widths import flush_right
from tui.widgets.key_line import PAGE_KEYS, performing
from tui.widgets.steady_table import BEFORE, SteadyTable

_DIGITS = 8


class ParameterTable(SteadyTable):
    """Every parameter by gate: its start, its value, and the change since the start."""

    BINDINGS: ClassVar[list[BindingType]] = performing(*PAGE_KEYS, "curve")

    def __init__(self, *, id: str) -> None:
        columns = (
            ("gate", "gate", False),
            ("name", "name", False),
            ("role", "acts on", False),
            ("start", flush_right("start", _DIGITS), True),
            (BEFORE, flush_right("before", _DIGITS), True),
            ("value", flush_right("value", _DIGITS), True),
            ("change", flush_right("change", _DIGITS), True),
        )
        super().__init__("parameters", columns, gives_way="change", id=id)
        self._specs: tuple[ParameterSpec, ...] = ()
        self._order: list[int] = []
        self._changed: Sequence[str] = ()

    def chosen(self, specs: Sequence[ParameterSpec]) -> ParameterSpec:
        """The one of these parameters that is under the table's cursor."""
        return _by_gate(specs)[min(max(self.cursor_row, 0), len(specs) - 1)]

    def show(
        self, session: Session, note: str = "", before: Session | None = None, changed: Sequence[str] = ()
    ) -> None:
        """As any table's. before: what a what-if is one of. changed: the names of the parameters that it changes."""
        self._changed = changed
        if session.specs != self._specs:
            self._specs = session.specs
            self._order = [session.specs.index(spec) for spec in _by_gate(session.specs)]
            self.fill(_parameter_rows(session.specs))
        super().show(session, note, before if changed else None)

    def cells(self, session: Session, row: int) -> Mapping[str, str]:
        if not session.history.length:
            return {"start": "", BEFORE: "", "value": "", "change": ""}
        spec = session.specs[self._order[row]]
        curve = session.history.parameter(self._order[row])
        start, value = float(curve[0]), float(curve[-1])
        before = ""
        if is_changed := self.before is not None and spec.name in self._changed:
            before = number(float(self.before.history.parameter(self._order[row])[-1]), _DIGITS)
        return {
            "role": f"{spec.role} *" if is_changed else spec.role,
            "start": number(start, _DIGITS),
            BEFORE: before,
            "value": number(value, _DIGITS),
            "change": number(value - start, _DIGITS, signed=True),
        }


def _by_gate(specs: Sequence[ParameterSpec]) -> list[ParameterSpec]:
    return [spec for gate in GATES for spec in specs if spec.gate == gate]


def _parameter_rows(specs: Sequence[ParameterSpec]) -> dict[str, dict[str, str]]:
    rows: dict[str, dict[str, str]] = {}
    gate = None
    for spec in _by_gate(specs):
        label, gate = (spec.gate if spec.gate != gate else ""), spec.gate
        rows[spec.name] = {"gate": label, "name": spec.name, "role": spec.role}
    return rows
