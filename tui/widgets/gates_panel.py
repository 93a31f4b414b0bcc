"""The panel that shows what the unit does, day by day, for two companies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content

from tui.drawing.cells import Cells, Role
from tui.drawing.gates_picture import Company, companies_beside, gates_picture
from tui.state.session import Session
from tui.text.gates import Choice, within
from tui.text.widths import cut
from tui.view.traced import marked, traced
from tui.widgets.cells_widget import CellsWidget
from tui.widgets.key_line import performing

#: Cells of a company's name in the title.
_NAME_ROOM = 12


class GatesPanel(CellsWidget, can_focus=True):
    """Gates and states of the epoch in sight; the arrow keys choose what the sentence below is about."""

    BINDINGS: ClassVar[list[BindingType]] = performing(
        *("cell_left", "cell_right", "cell_up", "cell_down"),
        *("cell_back", "cell_on", "cell_first", "cell_last", "cell_marked"),
    )

    DEFAULT_CSS = """
    GatesPanel {
        border: round $foreground 25%;
        border-title-color: $foreground;
        &:focus { border: round $primary; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._companies: list[Company] = []
        self.choice = Choice()

    def show(self, session: Session, companies: Sequence[int], choice: Choice, note: str = "") -> None:
        """Show the session's newest epoch.

        companies: the numbers of one or two. choice: what to explain, or the nearest to it that there is.
        note: what the title says of the epoch.
        """
        self._companies, self.choice = traced(session, companies), choice
        if self._companies:
            self.choice = within(choice, len(self._companies), session.config.data.day_count)
        self._note = note
        self.redraw()

    def picture(self, width: int, height: int) -> Cells:
        self._entitle(width)
        if not self._companies:
            cells = Cells.blank(width, height)
            cells.write(height // 2, 1, "the gates, day by day, once there is a model", Role.EMPTY)
            return cells
        apart = marked(self._companies)
        return gates_picture(self._companies, self.choice, apart, width, height, self.marker)

    def _entitle(self, width: int) -> None:
        title = "the cell" + self._note
        if self._companies and not companies_beside(width, len(self._companies)):
            here = self._companies[self.choice.place].name
            others = " ".join(company.name for company in self._companies if company.name != here)
            title = f"the cell of {cut(here, _NAME_ROOM)}{self._note} · c shows {cut(others, _NAME_ROOM)}"
        if str(self.border_title or "") != title:
            self.border_title = Content(title)
