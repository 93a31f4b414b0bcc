"""What the script writes, in a panel."""

from __future__ import annotations

from tui.board.state.board import Board
from tui.board.state.reducer import told
from tui.board.view.panels.output_panel import output_panel
from tui.state.told import Told


def test_the_last_lines_are_shown_and_followed() -> None:
    board = told(Board("a"), Told("a", output="one\n\x1b[31mtwo\n" + "x" * 100))
    panel = output_panel(board)
    assert panel.follows
    assert panel.count == 3
    assert "\x1b" not in panel.row(1, 80)[0][0]
    assert len(panel.row(2, 20)[0][0]) == 20
    assert panel.title == "output · 2 lines"


def test_nothing_written_is_said() -> None:
    assert "nothing yet" in output_panel(Board("a")).empty
