"""The two tables: the parameters since the start, and observed against predicted.

A table is filled once for a run. From then on only rows in sight are written, of them only cells whose text has
changed, and only those are repainted: the tables would be most of what goes to the terminal otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, Self

from rich.text import Text
from textual.binding import BindingType
from textual.geometry import Region
from textual.message import Message
from textual.widgets import DataTable

from lstm_engine.parameters import GATES, ParameterSpec
from tui.session import Session
from tui.widgets.keys import PAGE_KEYS, TIME_KEYS, performing
from tui.wording import number

_DIGITS = 8


class SteadyTable(DataTable[Text]):
    """A table whose rows stay and whose numbers change.

    Subclasses say what a row holds in `cells`.
    """

    BINDINGS: ClassVar[list[BindingType]] = performing(*TIME_KEYS)
    _writing = False  # of the class: DataTable's own constructor refreshes already

    def __init__(self, title: str, columns: Sequence[tuple[str, str, bool]], *, id: str) -> None:
        """columns: key, heading and whether it holds numbers, for each."""
        super().__init__(id=id, classes="panel", cursor_type="row")
        self.border_title = self._title = title
        self._headings = columns
        self._keys: list[str] = []
        self._texts: dict[tuple[str, str], str] = {}
        self._session: Session | None = None

    def on_mount(self) -> None:
        for key, heading, numeric in self._headings:
            self.add_column(Text(heading, justify="right" if numeric else "left"), key=key)

    def cells(self, session: Session, row: int) -> Mapping[str, str]:
        """The texts of a row's numbers, by column key."""
        raise NotImplementedError

    def fill(self, rows: Mapping[str, Mapping[str, str]]) -> None:
        """Start over with `rows`: cell texts by row key and column key."""
        self.clear()
        self._keys = list(rows)
        self._texts = {(row, column): text for row, cells in rows.items() for column, text in cells.items()}
        for row, cells in rows.items():
            self.add_row(*(_text(cells[column], numeric) for column, _, numeric in self._headings), key=row)

    def show(self, session: Session, note: str = "") -> None:
        """Show the newest epoch. note: what the title says of it."""
        title = f"{self._title} {note}".rstrip()
        if title != self.border_title:
            self.border_title = title
        self._session = session
        self._write()

    def _write(self) -> None:
        if self._session is None:
            return
        top = round(self.scroll_y)
        for row in range(max(top - 1, 0), min(top + self.size.height + 1, len(self._keys))):
            for column, text in self.cells(self._session, row).items():
                self._put(self._keys[row], column, text)

    def _put(self, row: str, column: str, text: str) -> None:
        if self._texts[row, column] == text:
            return
        self._texts[row, column] = text
        self._writing = True
        self.update_cell(row, column, _text(text, numeric=True))
        self._writing = False
        self.refresh_coordinate(self.get_cell_coordinate(row, column))

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """As Textual's, but that a written cell does not repaint the whole table."""
        if self._writing and not regions:
            return self
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self._write()

    def on_resize(self) -> None:
        self._write()


def _text(text: str, numeric: bool) -> Text:
    return Text(text, justify="right" if numeric else "left", no_wrap=True)


class ParameterTable(SteadyTable):
    """Every parameter by gate: its start, its value, and the change since the start."""

    BINDINGS: ClassVar[list[BindingType]] = performing(*PAGE_KEYS)

    def __init__(self, *, id: str) -> None:
        columns = (
            ("gate", "gate", False),
            ("name", "name", False),
            ("role", "acts on", False),
            ("start", "start".rjust(_DIGITS), True),
            ("value", "value".rjust(_DIGITS), True),
            ("change", "change".rjust(_DIGITS), True),
        )
        super().__init__("parameters", columns, id=id)
        self._specs: tuple[ParameterSpec, ...] = ()
        self._order: list[int] = []

    def show(self, session: Session, note: str = "") -> None:
        if session.specs != self._specs:
            self._specs = session.specs
            self._order = [session.specs.index(spec) for spec in _by_gate(session.specs)]
            self.fill(_parameter_rows(session.specs))
        super().show(session, note)

    def cells(self, session: Session, row: int) -> Mapping[str, str]:
        if not session.history.length:
            return {"start": "", "value": "", "change": ""}
        curve = session.history.parameter(self._order[row])
        start, value = float(curve[0]), float(curve[-1])
        return {
            "start": number(start, _DIGITS),
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
        rows[spec.name] = {"gate": label, "name": spec.name, "role": spec.role, "start": "", "value": "", "change": ""}
    return rows


class PredictionTable(SteadyTable):
    """Per company, what was observed and what is predicted. Enter on a row puts that company into a chart."""

    class Chosen(Message):
        """A company was chosen. company: its number in the table of companies."""

        def __init__(self, company: int) -> None:
            super().__init__()
            self.company = company

    def __init__(self, *, id: str) -> None:
        columns = (
            ("company", "company", False),
            ("observed", "observed".rjust(_DIGITS), True),
            ("predicted", "predicted".rjust(_DIGITS + 1), True),
            ("off", "off by".rjust(_DIGITS), True),
        )
        super().__init__("observed and predicted", columns, id=id)
        self._names: tuple[str, ...] = ()

    def show(self, session: Session, note: str = "") -> None:
        names = session.config.data.names
        if names != self._names:
            self._names = names
            self.fill({name: {"company": name, "observed": "", "predicted": "", "off": ""} for name in names})
        super().show(session, note)

    def cells(self, session: Session, row: int) -> Mapping[str, str]:
        observed = session.config.data.targets[row]
        if not session.history.length:
            return {"observed": number(observed, _DIGITS), "predicted": "", "off": ""}
        predicted = float(session.history.prediction(row)[-1])
        return {
            "observed": number(observed, _DIGITS),
            "predicted": number(predicted, _DIGITS + 1),
            "off": number(predicted - observed, _DIGITS, signed=True),
        }

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        event.stop()
        self.post_message(self.Chosen(event.cursor_row))
