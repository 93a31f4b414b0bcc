"""The table of observed against predicted."""

from __future__ import annotations

from collections.abc import Mapping

from textual.message import Message
from textual.widgets import DataTable

from tui.state.session import Session
from tui.text.numbers import number
from tui.text.widths import flush_right
from tui.widgets.steady_table import SteadyTable

_DIGITS = 8


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
            ("observed", flush_right("observed", _DIGITS), True),
            ("predicted", flush_right("predicted", _DIGITS + 1), True),
            ("off", flush_right("off by", _DIGITS), True),
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
