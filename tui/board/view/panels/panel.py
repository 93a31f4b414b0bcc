"""What a panel shows: a heading, and rows that are worked out as they come into sight."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from tui.drawing.cells import Cells
from tui.options import Marker
from tui.text.pieces import Piece

#: A row's text by its number and the width there is for it.
RowText = Callable[[int, int], list[Piece]]


def _no_row(_: int, __: int) -> list[Piece]:
    return []


@dataclass(frozen=True)
class PanelPicture:
    """A picture above the rows.

    draw: the picture, by width and height, at least 1. lines: how many it takes of so many that the panel has.
    asked: what was asked for; where that is another one, the picture is drawn at once. shown: what it is of; where
    that is newer, it is drawn, but no more often than anybody can follow. Both equal: the pictures are equal.
    """

    draw: Callable[[int, int, Marker], Cells]
    lines: Callable[[int], int]
    asked: tuple[object, ...]
    shown: tuple[object, ...]


@dataclass(frozen=True)
class Panel:
    """title: on the border. heading: above the rows, empty for none. count: of rows. row: each of them.

    follows: as long as its end is in sight, what is added comes into sight. empty: what is said where there is no row
    and no picture. picture: above all of that; None for none.
    """

    title: str
    heading: Callable[[int], list[Piece]] = field(default=lambda _: [])
    count: int = 0
    row: RowText = _no_row
    follows: bool = False
    empty: str = ""
    picture: PanelPicture | None = None


def rows_of(lines: list[list[Piece]]) -> RowText:
    """Rows that are all there already."""
    return lambda number, _: lines[number]
