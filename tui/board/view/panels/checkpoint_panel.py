"""The checkpoints of a run."""

from __future__ import annotations

from pathlib import PurePath

from lstm_engine.script.vocabulary.module_events import CheckpointWritten
from lstm_engine.text import printable
from tui.board.state.board import Board
from tui.board.view.panels.panel import Panel
from tui.text.pieces import Piece
from tui.text.widths import cut


def checkpoint_panel(board: Board) -> Panel:
    """All that were told of, the newest first."""
    found = newest_first(board)
    return Panel(
        f"checkpoints · {len(found)}" if found else "checkpoints",
        heading=lambda width: [
            (cut(f"{'step':>9}  {'epoch':>7}  {'going on is':<11}  file, and who wrote it", width), "$quiet")
        ],
        count=len(found),
        row=lambda number, width: _row(found[number], width),
        empty="no checkpoint was written yet",
    )


def newest_first(board: Board) -> tuple[CheckpointWritten, ...]:
    """The checkpoints in the panel's order."""
    return board.checkpoints[::-1]


def _row(checkpoint: CheckpointWritten, width: int) -> list[Piece]:
    inside = "" if checkpoint.batch is None else "+"
    place: Piece = (f"{checkpoint.step:>9,}  {f'{checkpoint.epoch}{inside}':>7}  ", "")
    word: Piece = ("exact      ", "$text-success") if checkpoint.exact else ("not exact  ", "$text-warning")
    name = PurePath(checkpoint.path).name
    why = f" · {checkpoint.why_not}" if checkpoint.why_not and not checkpoint.exact else ""
    rest = cut(printable(f"  {name} · {checkpoint.by}{why}"), max(width - len(place[0]) - len(word[0]), 0))
    return [place, word, (rest, "")]
