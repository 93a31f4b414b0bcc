"""A list of rows with a cursor, which draws the rows in sight alone.

DataTable lays out every row it is given: 2 s for 10,000 rows, at each letter of a filter.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from tui.text.pieces import Piece

#: A row's text, by its number and the width there is for it.
RowText = Callable[[int, int], list[Piece]]
#: What a line of the screen shows: a row's text, None where there is no row, and whether the cursor is on it.
_Look = tuple[list[Piece] | None, bool]


def _no_text(_: int, __: int) -> list[Piece]:
    return []


class RowList(ScrollView, can_focus=True):
    """Rows to move through and to choose from.

    cursor: the number of the present row; -1 where there are no rows.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "move_page(-1)", show=False),
        Binding("pagedown", "move_page(1)", show=False),
        Binding("home", "move_to(0)", show=False),
        Binding("end", "move_to(-1)", show=False),
        Binding("enter", "choose", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"rows--cursor"}
    DEFAULT_CSS = """
    RowList {
        overflow-x: hidden;
        scrollbar-gutter: stable;
        & > .rows--cursor { background: $primary 15%; }
        &:focus > .rows--cursor { background: $primary 35%; }
    }
    """

    class Moved(Message):
        """The cursor is on another row, or the rows are others."""

    class Chosen(Message):
        """The present row was chosen."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._count = 0
        self._text: RowText = _no_text
        self._drawn: dict[int, _Look] = {}
        self.cursor = -1

    def show(self, count: int, text: RowText, cursor: int) -> None:
        """Show so many rows, with the cursor on one of them."""
        self._count, self._text = count, text
        self.virtual_size = Size(0, count)
        self._go_to(cursor)

    def renew(self, count: int, text: RowText, cursor: int) -> None:
        """Show so many rows as they are by now: what is in sight stays there, and what looks the same is not drawn."""
        top, before, height = self.scroll_offset.y, self.cursor, self.size.height
        self._text, self.cursor = text, min(max(cursor, 0), count - 1)
        if count != self._count:
            self._count = count
            self.virtual_size = Size(0, count)
        if top <= before < top + height and not (top == 0 and self.cursor < height):
            self.scroll_to(y=top + self.cursor - before, animate=False)
        for y in range(height):
            if self._look(y) != self._drawn.get(y):
                self.refresh_line(y + self.scroll_offset.y)
        self.post_message(self.Moved())

    @property
    def row_width(self) -> int:
        """The cells that a row has."""
        return self.scrollable_content_region.width

    def render_line(self, y: int) -> Strip:
        pieces, is_present = self._drawn[y] = self._look(y)
        if pieces is None:
            return Strip.blank(self.row_width, self.rich_style)
        style = self.visual_style
        if is_present:
            style += self.get_visual_style("rows--cursor")
        content = Content.assemble(*pieces).truncate(self.row_width)
        return Visual.to_strips(self, content, self.row_width, 1, style, pad=True)[0]

    def _look(self, y: int) -> _Look:
        number = y + self.scroll_offset.y
        if number >= self._count:
            return None, False
        return self._text(number, self.row_width), number == self.cursor

    def action_move(self, rows: int) -> None:
        self._go_to(self.cursor + rows)

    def action_move_page(self, pages: int) -> None:
        self._go_to(self.cursor + pages * max(self.size.height - 1, 1))

    def action_move_to(self, row: int) -> None:
        self._go_to(row if row >= 0 else self._count - 1)

    def action_choose(self) -> None:
        if self._count:
            self.post_message(self.Chosen())

    def on_click(self, event: Click) -> None:
        row = event.y + self.scroll_offset.y
        if row == self.cursor:
            self.action_choose()
        elif row < self._count:
            self._go_to(row)

    def _go_to(self, row: int) -> None:
        self.cursor = min(max(row, 0), self._count - 1)
        if self._count:
            self.scroll_to_region(Region(0, self.cursor, 1, 1), animate=False, x_axis=False)
        self.refresh()
        self.post_message(self.Moved())
