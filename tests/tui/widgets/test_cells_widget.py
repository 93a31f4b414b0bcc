"""Which spans of a picture are painted again."""

from __future__ import annotations

from textual.geometry import Region

from tui.drawing.cells import Cells, Role
from tui.widgets.cells_widget import changed_spans


def test_changed_spans() -> None:
    before, after = Cells.blank(8, 3), Cells.blank(8, 3)
    after.write(0, 2, "x", Role.CURVE)
    after.write(0, 5, "y", Role.CURVE)
    after.roles[2, 7] = Role.CURSOR
    assert changed_spans(before, after) == [Region(2, 0, 4, 1), Region(7, 2, 1, 1)]
    assert changed_spans(after, after.copy()) == []
