"""The picture that stands above a panel's rows."""

from __future__ import annotations

from tui.board.view.panels.panel import PanelPicture
from tui.drawing.cells import Cells
from tui.widgets.cells_widget import CellsWidget


class PanelChart(CellsWidget):
    """Draws one that it is shown; again where it is another, or there is other room for it."""

    DEFAULT_CSS = "PanelChart { display: none; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._shown: PanelPicture | None = None

    def show(self, picture: PanelPicture | None, lines: int) -> int:
        """Draw it, where it is another one than before; how many lines it takes. lines: that there are in all."""
        before, self._shown = self._shown, picture
        self.display = picture is not None
        if picture is None:
            return 0
        taken = picture.lines(lines)
        self.styles.height = taken
        if before is None or before.key != picture.key:
            self.redraw()
        return taken

    def picture(self, width: int, height: int) -> Cells:
        return Cells.blank(width, height) if self._shown is None else self._shown.draw(width, height, self.marker)
