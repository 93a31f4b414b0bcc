"""A drawn rectangle: one character and one role a cell, before any colour or Textual."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray
from rich.cells import cell_len

#: One character a cell; shape (height, width). The second cell of a wide character has none.
Glyphs = NDArray[np.str_]
#: What each of them stands for, a `Role`, SERIES + a number, or a shade of `heat`; shape (height, width).
Roles = NDArray[np.uint16]


class Role(IntEnum):
    """What a character of a picture stands for; the theme gives it a colour. Curve number n is SERIES + n."""

    BLANK = 0
    AXIS = 1
    LABEL = 2
    TARGET = 3
    RESUME = 4
    GHOST = 5
    CURVE = 6
    CURSOR = 7
    EMPTY = 8
    TEXT = 9
    CHOSEN = 10
    MARK = 11
    GOOD = 12
    BAD = 13
    SERIES = 16


@dataclass(frozen=True, eq=False)
class Cells:
    """A drawn rectangle. glyphs, roles: of shape (height, width)."""

    glyphs: Glyphs
    roles: Roles

    @classmethod
    def blank(cls, width: int, height: int) -> Cells:
        return cls(np.full((height, width), " ", "<U1"), np.zeros((height, width), np.uint16))

    @property
    def width(self) -> int:
        return int(self.glyphs.shape[1])

    @property
    def height(self) -> int:
        return int(self.glyphs.shape[0])

    def copy(self) -> Cells:
        """Another one that can be drawn on; `part` shares its cells."""
        return Cells(self.glyphs.copy(), self.roles.copy())

    def part(self, top: int, left: int, width: int, height: int) -> Cells:
        """A rectangle of this one; what is drawn on it is drawn here."""
        area = np.s_[top : top + height, left : left + width]
        return Cells(self.glyphs[area], self.roles[area])

    def put(self, picture: Cells, row: int, column: int) -> None:
        """The picture on this one, as far as it has room there."""
        part = self.part(row, column, min(picture.width, max(self.width - column, 0)), picture.height)
        part.glyphs[:] = picture.glyphs[: part.height, : part.width]
        part.roles[:] = picture.roles[: part.height, : part.width]

    def text(self, row: int, begin: int = 0, end: int | None = None) -> str:
        """The characters of a row, from one column up to another."""
        return "".join(self.glyphs[row, begin:end].tolist())

    def overlay(self, glyphs: Glyphs, role: int) -> None:
        """Put every character of `glyphs` (same shape) that is no space on top."""
        drawn = glyphs != " "
        self.glyphs[drawn] = glyphs[drawn]
        self.roles[drawn] = role

    def overlay_in_turns(self, pictures: Sequence[Glyphs], roles: Sequence[int]) -> None:
        """Put all of them on top; where several have a character, they show it in turns, two columns each."""
        drawn = np.stack(pictures) != " "
        turn = np.arange(self.width) // 2 % np.maximum(drawn.sum(axis=0), 1)
        place = np.cumsum(drawn, axis=0) - 1
        for glyphs, role, here, nth in zip(pictures, roles, drawn, place, strict=True):
            self.overlay(np.where(here & (nth == turn), glyphs, " "), role)

    def write(self, row: int, column: int, text: str, role: int) -> int:
        """Put `text` into a row, cut off where the rectangle ends; returns the columns it takes.

        A wide character takes two cells, the second of them without a character of its own. Of a row that is outside
        nothing is there: a picture is also drawn into the room that another one had, before it has its own.
        """
        if not 0 <= row < self.height:
            return 0
        cells: list[str] = []
        for character in text:
            width = cell_len(character)
            cells += [character, *[""] * (width - 1)] if width else []
        cells = cells[: max(self.width - column, 0)]
        self.glyphs[row, column : column + len(cells)] = cells
        self.roles[row, column : column + len(cells)] = role
        return len(cells)
