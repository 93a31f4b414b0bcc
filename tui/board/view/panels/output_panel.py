"""What the script writes."""

from __future__ import annotations

from lstm_engine.text import printable
from tui.board.state.board import Board
from tui.board.view.panels.panel import Panel
from tui.text.widths import cut


def output_panel(board: Board) -> Panel:
    """The last lines of it."""
    lines = board.output.tail
    title = f"output · {board.output.written:,} lines" if board.output.written else "output"
    return Panel(
        title,
        count=len(lines),
        row=lambda number, width: [(cut(printable(lines[number].rstrip()), width), "")],
        follows=True,
        empty="the script has written nothing yet",
    )
