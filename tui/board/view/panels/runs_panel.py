"""The runs that are watched, and the hyperparameters in which they differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lstm_engine.text import printable
from tui.board.state.board import Board
from tui.board.view.panels.panel import Panel
from tui.board.view.words import state_word
from tui.drawing.palette import ASCII_GLYPHS, COLOURS, GLYPHS
from tui.text.pieces import Piece
from tui.text.widths import cut, flush_left
from tui.text.widths import width as width_of

_LONGEST_NAME, _LONGEST_VALUE = 28, 14


def differing(boards: Sequence[Board]) -> list[str]:
    """The hyperparameters that not all of the runs have, or have with one value; in the order they came up."""
    names = dict.fromkeys(name for board in boards for name in board.hyperparameters)
    return [name for name in names if len({_value(board, name) for board in boards}) > 1]


def runs_panel(boards: Sequence[Board], numbers: Mapping[str, int], *, ascii_text: bool) -> Panel:
    """A row a run. numbers: of the colour and glyph of each that is drawn, by name."""
    names = differing(boards)
    name_room = min(max((width_of(printable(board.run)) for board in boards), default=4), _LONGEST_NAME)
    rooms = [
        min(max(width_of(printable(name)), *(width_of(_value(board, name)) for board in boards)), _LONGEST_VALUE)
        for name in names
    ]

    def heading(width: int) -> list[Piece]:
        text = flush_left("  run", name_room + 3) + f"{'state':<11}{'step':>9}"
        text += "".join(
            "  " + flush_left(cut(printable(name), room), room) for name, room in zip(names, rooms, strict=True)
        )
        return [(cut(text, width), "$quiet")]

    def row(number: int, width: int) -> list[Piece]:
        board = boards[number]
        place = numbers.get(board.run)
        glyph = " " if place is None else (ASCII_GLYPHS if ascii_text else GLYPHS)[place]
        style = "$quiet" if place is None else f"bold {COLOURS[place]}"
        name = flush_left(cut(printable(board.run), name_room), name_room)
        text = f" {cut(state_word(board), 10):<11}{board.newest_step:>9,}"
        text += "".join(
            "  " + flush_left(cut(_value(board, each), room), room) for each, room in zip(names, rooms, strict=True)
        )
        return [
            (f"{glyph} {name}", style),
            (cut(text, max(width - name_room - 2, 0)), "$quiet" if place is None else ""),
        ]

    return Panel(
        f"runs · {len(boards)}", heading=heading, count=len(boards), row=row, empty="no run has turned up yet"
    )


def _value(board: Board, name: str) -> str:
    value = board.hyperparameters.get(name)
    if isinstance(value, float):
        return f"{value:g}"
    return "" if value is None else printable(str(value))
