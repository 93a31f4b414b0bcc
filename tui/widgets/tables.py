"""The two tables: the parameters since the start, and observed against predicted.

A table is filled once for a run; from then on only cells whose text has changed are written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import nan

from rich.text import Text
from textual.message import Message
from textual.widgets import DataTable

from lstm_engine.parameters import GATES, ParameterSpec
from tui.session import Session
from tui.wording import number

_DIGITS = 8


class FixedTable(DataTable[Text]):
    """A table of right-aligned numbers that writes changed cells alone."""

    def __init__(self, title: str, columns: Sequence[tuple[str, str, bool]], *, id: str) -> None:
        """columns: key, heading and whether it holds numbers, for each."""
        super().__init__(id=id, classes="panel", cursor_type="row")
        self.border_title = title
        self._columns = columns
        self._shown: dict[tuple[str, str], str] = {}

    def on_mount(self) -> None:
        for key, heading, numeric in self._columns:
            self.add_column(Text(heading, justify="right" if numeric else "left"), key=key)

    def fill(self, rows: Mapping[str, Mapping[str, str]]) -> None:
        """Start over with `rows`: cell texts by row key and column key."""
        self.clear()
        self._shown = {(row, column): text for row, cells in rows.items() for column, text in cells.items()}
        for row, cells in rows.items():
            self.add_row(*(self._text(column, cells[column]) for column, _, _ in self._columns), key=row)

    def put(self, row: str, column: str, text: str) -> None:
        """Write one cell, where its text differs."""
        if self._shown[row, column] != text:
            self._shown[row, column] = text
            self.update_cell(row, column, self._text(column, text))

    def _text(self, column: str, text: str) -> Text:
        numeric = next(numeric for key, _, numeric in self._columns if key == column)
        return Text(text, justify="right" if numeric else "left", no_wrap=True)


class ParameterTable(FixedTable):
    """Every parameter by gate: its start, its value now, and the change since the start."""

    def __init__(self, *, id: str) -> None:
        columns = (
            ("gate", "gate", False),
            ("name", "name", False),
            ("role", "acts on", False),
            ("start", "start", True),
            ("now", "now", True),
            ("change", "change", True),
        )
        super().__init__("parameters", columns, id=id)
        self._specs: tuple[ParameterSpec, ...] = ()

    def show(self, session: Session) -> None:
        """Show the newest epoch's parameters."""
        starts, values = _ends(session)
        if session.specs != self._specs:
            self._specs = session.specs
            self.fill(_parameter_rows(session.specs))
        for spec, start, value in zip(session.specs, starts, values, strict=True):
            self.put(spec.name, "start", number(start, _DIGITS))
            self.put(spec.name, "now", number(value, _DIGITS))
            self.put(spec.name, "change", number(value - start, _DIGITS, signed=True))


def _ends(session: Session) -> tuple[list[float], list[float]]:
    """Each parameter at epoch 0 and at the newest one; NaN where nothing is known yet."""
    history = session.history
    if not history.length:
        return [nan] * len(session.specs), [nan] * len(session.specs)
    return history.parameters_at(0).tolist(), history.parameters_at(-1).tolist()


def _parameter_rows(specs: Sequence[ParameterSpec]) -> dict[str, dict[str, str]]:
    rows: dict[str, dict[str, str]] = {}
    for gate in GATES:
        of_gate = [spec for spec in specs if spec.gate == gate]
        for spec in of_gate:
            label = gate if spec is of_gate[0] else ""
            rows[spec.name] = {
                "gate": label,
                "name": spec.name,
                "role": spec.role,
                "start": "",
                "now": "",
                "change": "",
            }
    return rows


class PredictionTable(FixedTable):
    """Per company, what was observed and what is predicted. Enter on a row puts that company into a chart."""

    class Chosen(Message):
        """A company was chosen. company: its number in the table of companies."""

        def __init__(self, company: int) -> None:
            super().__init__()
            self.company = company

    def __init__(self, *, id: str) -> None:
        columns = (
            ("company", "company", False),
            ("observed", "observed", True),
            ("predicted", "predicted", True),
            ("off", "off by", True),
        )
        super().__init__("observed and predicted", columns, id=id)
        self._names: tuple[str, ...] = ()

    def show(self, session: Session) -> None:
        """Show the newest epoch's predictions next to what was observed."""
        data = session.config.data
        if data.names != self._names:
            self._names = data.names
            self.fill({name: {"company": name, "observed": "", "predicted": "", "off": ""} for name in data.names})
        history = session.history
        predictions = history.predictions_at(-1).tolist() if history.length else [nan] * len(data.names)
        for name, observed, predicted in zip(data.names, data.targets, predictions, strict=True):
            self.put(name, "observed", number(observed, _DIGITS))
            self.put(name, "predicted", number(predicted, _DIGITS + 1))
            self.put(name, "off", number(predicted - observed, _DIGITS, signed=True))

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        event.stop()
        self.post_message(self.Chosen(event.cursor_row))
