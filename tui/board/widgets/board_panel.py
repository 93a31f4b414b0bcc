"""What stands beside the charts, or in their place: rows under a heading."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from tui.board.view.panels.panel import Panel
from tui.board.widgets.panel_chart import PanelChart
from tui.text.widths import wrapped
from tui.widgets.lines import Lines
from tui.widgets.row_list import RowList


class BoardPanel(Vertical):
    """Shows one panel at a time; its rows can be moved through."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, classes="panel")
        self._shown_name = ""

    def compose(self) -> ComposeResult:
        yield PanelChart(id="panel-chart")
        yield Lines(id="panel-heading")
        yield Lines(id="panel-empty")
        yield RowList(id="panel-rows")

    @property
    def rows(self) -> RowList:
        return self.query_one(RowList)

    @property
    def row_width(self) -> int:
        """Cells that a row has."""
        return self.rows.row_width or max(self.content_size.width - 1, 1)

    @property
    def has_picture(self) -> bool:
        """Whether there is one above the rows."""
        return self.query_one(PanelChart).display

    def row_of(self, name: str, first: int = 0) -> int:
        """The number of the present row, where the panel of that name is shown and has any; else `first`."""
        return self.rows.cursor if name == self._shown_name and self.rows.cursor >= 0 else first

    def show(self, name: str, panel: Panel, first: int = 0) -> None:
        """Show the panel of that name; where it is another one than before, from its row `first` on, or its end."""
        rows = self.rows
        is_new = name != self._shown_name or (panel.count > 0 and rows.cursor < 0)
        self._shown_name = name
        self.border_title = Content(panel.title)
        self.query_one("#panel-heading", Lines).show(panel.heading)
        nothing = panel.empty
        self.query_one("#panel-empty", Lines).show(lambda width: [(_wrapped(nothing, width), "$quiet")])
        self.query_one("#panel-empty").display = not panel.count and panel.picture is None
        lines = self.content_size.height
        taken = self.query_one(PanelChart).show(panel.picture, lines)
        self.query_one("#panel-heading").display = bool(panel.count and panel.heading(1000)) and taken < max(lines, 1)
        if is_new:
            rows.show(panel.count, panel.row, panel.count - 1 if panel.follows else first)
        else:
            at_end = rows.cursor < 0 or rows.cursor >= rows.virtual_size.height - 1
            rows.renew(panel.count, panel.row, panel.count - 1 if panel.follows and at_end else rows.cursor)
            if panel.follows and at_end:
                rows.scroll_end(animate=False)

    def move(self, steps: int) -> None:
        """To another row."""
        self.rows.action_move(steps)

    def move_round(self) -> int:
        """To the next row, or behind the last one to the first; how many rows there are."""
        rows, count = self.rows, self.rows.virtual_size.height
        if count:
            rows.action_move_to((rows.cursor + 1) % count)
        return count

    def move_page(self, pages: int) -> None:
        """To a row a page further."""
        self.rows.action_move_page(pages)


def _wrapped(text: str, width: int) -> str:
    return "\n".join(f" {line}" for line in wrapped(text, max(width - 2, 1)))
