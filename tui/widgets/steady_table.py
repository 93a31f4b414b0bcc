"""A table whose rows stay and whose numbers change, for a fraction of what Textual's own takes to draw.

Textual's DataTable draws every cell of itself again, with a renderable of its own for each, when one of them has
changed. Here a row is one piece of text: DataTable keeps the rows, the cursor, scrolling and the mouse; what a line
looks like, and which span of it has changed, is worked out from the texts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, Self

from rich.cells import set_cell_size
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.binding import BindingType
from textual.geometry import Region
from textual.strip import Strip
from textual.widgets import DataTable

from tui.state.session import Session
from tui.text.widths import cut, flush_left, flush_right
from tui.widgets.key_line import TIME_KEYS, performing

#: The key of the column of values before a what-if; it is there only during one.
BEFORE = "before"
_HEADER = -1
#: Cells to which a text is cut at most, where the numbers take the rest.
_LEAST_NAME = 3


class SteadyTable(DataTable[Text]):
    """A table that is filled once for a run. From then on only rows in sight are written.

    Subclasses say what a row holds in `cells`.
    """

    BINDINGS: ClassVar[list[BindingType]] = performing(*TIME_KEYS)
    _writing = False  # of the class: DataTable's own constructor refreshes already

    def __init__(self, title: str, columns: Sequence[tuple[str, str, bool]], *, gives_way: str, id: str) -> None:
        """columns: key, heading and whether it holds numbers, for each; one of them `BEFORE`.

        gives_way: the key of the one that goes where there is no room for all during a what-if.
        """
        super().__init__(id=id, classes="panel", cursor_type="row")
        self.border_title = self._title = title
        self.before: Session | None = None
        self._gives_way = gives_way
        self._headings = columns
        self._keys: list[str] = []
        self._texts: list[dict[str, str]] = []
        self._session: Session | None = None
        self._row_styles: dict[tuple[bool, bool], Style] = {}
        self._widths: list[int] = []

    def on_mount(self) -> None:
        for key, heading, numeric in self._headings:
            self.add_column(_text(heading, numeric), key=key)

    def cells(self, session: Session, row: int) -> Mapping[str, str]:
        """The texts of a row's numbers, by column key."""
        raise NotImplementedError

    def fill(self, rows: Mapping[str, Mapping[str, str]]) -> None:
        """Start over with `rows`: cell texts by row key and column key, empty where there is none."""
        self.clear()
        self._keys = list(rows)
        self._texts = [{column: cells.get(column, "") for column, _, _ in self._headings} for cells in rows.values()]
        for row, texts in zip(self._keys, self._texts, strict=True):
            self.add_row(*(_text(texts[column], numeric) for column, _, numeric in self._headings), key=row)

    def show(self, session: Session, note: str = "", before: Session | None = None) -> None:
        """Show the newest epoch. note: what the title says of it. before: where it is a what-if, what of."""
        if (before is None) != (self.before is None):
            self.refresh()
        self.before = before
        title = self._title + note
        if title != self.border_title:
            self.border_title = title
        self._session = session
        self._write()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without anything to page through, these keys are the time cursor's, as they are everywhere else."""
        has_nothing_to_do = action in ("page_up", "page_down") and self.max_scroll_y <= 0
        return not has_nothing_to_do and super().check_action(action, parameters)

    # --- what changed ------------------------------------------------------------------------------------------------

    def _write(self) -> None:
        if self._session is None:
            return
        top = round(self.scroll_y)
        self._measure()
        spans = []
        for row in range(max(top - 1, 0), min(top + self.size.height + 1, len(self._keys))):
            span = self._put(row, self.cells(self._session, row))
            if span is not None:
                spans.append(Region(span[0], row - top + self.header_height, span[1] - span[0], 1))
        if spans:
            self.refresh(*spans)

    def _put(self, row: int, cells: Mapping[str, str]) -> tuple[int, int] | None:
        """Write a row's cells; the columns, first and end, that look different now."""
        texts, x, bounds = self._texts[row], 0, []
        for (key, _, numeric), width in zip(self._headings, self._widths, strict=True):
            text = cells.get(key, texts[key])
            if text != texts[key]:
                texts[key] = text
                self._writing = True
                self.update_cell(self._keys[row], key, _text(text, numeric))
                self._writing = False
                bounds += [x, x + width]
            x += width
        return (bounds[0], bounds[-1]) if bounds else None

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

    # --- what a line looks like --------------------------------------------------------------------------------------

    def render_lines(self, crop: Region) -> list[Strip]:
        self._measure()
        return super().render_lines(crop)

    def _measure(self) -> None:
        """How wide the columns are: the same for every row, and costly to ask for. Names give way to the figures.

        A column that is not shown is 0 wide.
        """
        self._widths = [column.get_render_width(self) for column in self.ordered_columns]
        if self.before is None:
            self._drop(BEFORE)
        elif sum(self._widths) > self.size.width:
            self._drop(self._gives_way)
        missing = sum(self._widths) - self.size.width
        if missing > 0:
            texts = [index for index, (_, _, numeric) in enumerate(self._headings) if not numeric]
            widest = max(texts, key=lambda index: self._widths[index])
            self._widths[widest] = max(self._widths[widest] - missing, 2 * self.cell_padding + _LEAST_NAME)

    def _drop(self, column: str) -> None:
        self._widths[[key for key, _, _ in self._headings].index(column)] = 0

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        row = _HEADER if y < self.header_height else y - self.header_height + self.scroll_offset.y
        if row >= len(self._texts):
            return Strip.blank(width, self._row_style(row))
        texts = {key: heading for key, heading, _ in self._headings} if row == _HEADER else self._texts[row]
        style = self._row_style(row) + Style.from_meta({"row": row, "column": 0})  # DataTable asks where the mouse is
        return Strip([Segment(set_cell_size(self._line(texts), width), style)], width)

    def _line(self, texts: Mapping[str, str]) -> str:
        parts, padding = [], " " * self.cell_padding
        for (key, _, numeric), width in zip(self._headings, self._widths, strict=True):
            if not width:
                continue
            room = width - 2 * len(padding)
            text = (flush_right if numeric else flush_left)(cut(texts[key], room), room)
            parts.append(f"{padding}{text}{padding}")
        return "".join(parts)

    def _row_style(self, row: int) -> Style:
        kind = (row == _HEADER, row == self.cursor_row and self.show_cursor)
        style = self._row_styles.get(kind)
        if style is None:
            style = self.rich_style
            if kind[0]:
                style += self.get_component_rich_style("datatable--header")
            elif kind[1]:
                style += self.get_component_rich_style("datatable--cursor")
            self._row_styles[kind] = style
        return style

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._row_styles.clear()


def _text(text: str, numeric: bool) -> Text:
    return Text(text, justify="right" if numeric else "left", no_wrap=True)
