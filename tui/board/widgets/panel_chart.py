"""The picture that stands above a panel's rows."""

from __future__ import annotations

import asyncio
import time

from tui.board.view.panels.panel import PanelPicture
from tui.drawing.cells import Cells
from tui.drawing.heat import is_heat
from tui.widgets.cells_widget import CellsWidget, changed_spans

#: Seconds from one drawing to the next, at least, where nothing but what it is of has changed.
_EVERY = 0.5
#: Bytes on their way to the terminal: of a cell, of one with two colours of its own, and a second of all, at most: the
#: rest is for the charts beside.
_A_CELL, _A_SHADED_CELL, _BYTES_A_SECOND = 4, 44, 16_000


class PanelChart(CellsWidget):
    """Draws one that it is shown; again where it is another, or there is other room for it."""

    DEFAULT_CSS = "PanelChart { display: none; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._shown: PanelPicture | None = None
        self._asked: tuple[object, ...] = ()
        self._drawn: tuple[object, ...] = ()
        self._next = 0.0
        self._is_waiting = False

    def show(self, picture: PanelPicture | None, lines: int) -> int:
        """Draw it, where it is another one than before; how many lines it takes. lines: that there are in all."""
        before, self._shown = self._shown, picture
        self.display = picture is not None
        if picture is None:
            return 0
        taken = picture.lines(lines)
        self.styles.height = taken
        if before is None or before.asked != picture.asked:
            self.redraw()
        elif self._drawn != picture.shown:
            self._draw_later()
        return taken

    def picture(self, width: int, height: int) -> Cells:
        if self._shown is None:
            return Cells.blank(width, height)
        shown, before = self._shown, self._cells
        cells = shown.draw(width, height, self.marker)
        is_asked, self._asked = shown.asked != self._asked, shown.asked
        rest = 0.0 if is_asked else _bytes(before, cells) / _BYTES_A_SECOND
        self._drawn, self._next = shown.shown, time.monotonic() + max(_EVERY, rest)
        return cells

    def _draw_later(self) -> None:
        """As soon as it is time; what is shown by then."""
        wait = self._next - time.monotonic()
        if wait <= 0:
            self.redraw()
        elif not self._is_waiting:
            self._is_waiting = True
            asyncio.get_running_loop().call_later(wait, self._draw_now)  # a timer of Textual's may never call

    def _draw_now(self) -> None:
        self._is_waiting = False
        if self.is_attached and self._shown is not None and self._drawn != self._shown.shown:
            self.redraw()


def _bytes(before: Cells, after: Cells) -> int:
    """What it takes to paint what has changed of a picture; all of it where it has another size."""
    is_shaded = is_heat(int(after.roles.max(initial=0)))
    is_alike = before.glyphs.shape == after.glyphs.shape
    cells = sum(region.area for region in changed_spans(before, after)) if is_alike else after.glyphs.size
    return cells * (_A_SHADED_CELL if is_shaded else _A_CELL)
