"""The table of observed against predicted."""

from __future__ import annotations

from collections.abc import Mapping

from textual.message import Message
from textual.widgets import DataTable

from tui.state.session import Session
from tui.text.numbers import number
from tui.text.widths import flush_right
from tui.widgets.steady_table import BEFORE, SteadyTable

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
            (BEFORE, flush_right("before", _DIGITS), True),
            ("predicted", flush_right("predicted", _DIGITS + 1), True),
            ("off", flush_right("off by", _DIGITS), True),
        )
        super().__init__("observed and predicted", columns, gives_way=BEFORE, id=id)
        self._names: tuple[str, ...] = ()

    def show(self, session: Session, note: str = "", before: Session | None = None) -> None:
        """As any table's. before: what a what-if is one of."""
        names = session.config.data.names
        if names != self._names:
            self._names = names
            self.fill({name: {"company": name} for name in names})
        super().show(session, note, before)

    def cells(self, session: Session, row: int) -> Mapping[str, str]:
        observed = session.config.data.targets[row]
        if not session.history.length:
            return {"observed": number(observed, _DIGITS), BEFORE: "", "predicted": "", "off": ""}
        predicted = float(session.history.prediction(row)[-1])
        return {
            "observed": number(observed, _DIGITS),
            BEFORE: "" if self.before is None else number(float(self.before.history.prediction(row)[-1]), _DIGITS),
            "predicted": number(predicted, _DIGITS + 1),
            "off": number(predicted - observed, _DIGITS, signed=True),
        }

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        event.stop()
        self.post_message(self.Chosen(event.cursor_row))
