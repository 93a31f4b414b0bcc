"""The chart of the companies' days."""

from __future__ import annotations

from textual.content import Content

from lstm_engine.data.companies import Companies
from tui.drawing.cells import Cells
from tui.drawing.data_picture import data_picture
from tui.widgets.cells_widget import CellsWidget


class DataChart(CellsWidget, can_focus=True):
    """The companies' values day by day, and what was observed on the day to predict."""

    DEFAULT_CSS = """
    DataChart {
        border: round $foreground 25%;
        border-title-color: $foreground;
        &:focus { border: round $primary; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._companies: Companies | None = None
        self._chosen: tuple[int, ...] | None = None

    def show(self, companies: Companies, chosen: tuple[int, ...] | None = None) -> None:
        """Draw these companies, or those of them with the numbers `chosen`. Does nothing where they are as before."""
        if (companies, chosen) != (self._companies, self._chosen):
            self._companies, self._chosen = companies, chosen
            self.border_title = Content(f"data: {companies.source}")
            self.redraw()

    def picture(self, width: int, height: int) -> Cells:
        if self._companies is None:
            return Cells.blank(width, height)
        return data_picture(self._companies, self._chosen, width, height, self.marker)
