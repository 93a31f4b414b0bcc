"""The table of the run list: rows to move through, under headings that sort them at a click."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Click
from textual.message import Message

from lstm_engine.listing.run_entry import RunEntry
from tui.runs.catalogue import SortBy
from tui.runs.run_rows import Sheet
from tui.widgets.lines import Lines
from tui.widgets.row_list import RowList


class RunTable(Vertical):
    """Shows a sheet of runs. The rows tell of the cursor, as any `RowList` does."""

    DEFAULT_CSS = "RunTable { height: 1fr; }"

    class HeadingChosen(Message):
        """A heading was clicked on. by: what its column can be sorted by."""

        def __init__(self, by: SortBy) -> None:
            super().__init__()
            self.by: SortBy = by

    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        self._sheet = sheet

    def compose(self) -> ComposeResult:
        yield Lines(id="heading")
        yield RowList(id="rows")

    @property
    def rows(self) -> RowList:
        return self.query_one(RowList)

    @property
    def sheet(self) -> Sheet:
        """What is shown."""
        return self._sheet

    @property
    def present(self) -> RunEntry | None:
        """The run under the cursor."""
        return self._sheet.runs[self.rows.cursor] if self._sheet.runs else None

    def show(self, sheet: Sheet, name: str | None) -> None:
        """Show other runs; the cursor goes to the one of that name, or else to the first."""
        self._put(sheet)
        self.rows.show(len(sheet.runs), sheet.row, sheet.number_of(name) or 0)

    def renew(self, sheet: Sheet) -> None:
        """Show the runs as they are by now; the cursor stays on its run, or where that was, if it is gone."""
        present, number = self.present, self.rows.cursor
        self._put(sheet)
        now = sheet.number_of(present.run) if present else None
        self.rows.renew(len(sheet.runs), sheet.row, number if now is None else now)

    def _put(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self.query_one("#heading", Lines).show(lambda _: sheet.heading(self.rows.row_width))

    def on_click(self, event: Click) -> None:
        if event.widget is not None and event.widget.id == "heading":
            by = self._sheet.key_at(event.x, self.rows.row_width)
            if by is not None:
                self.post_message(self.HeadingChosen(by))
