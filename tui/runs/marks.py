"""The runs that are marked in the list, to be compared. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lstm_engine.errors import UserError
from lstm_engine.store.listing import RunEntry
from lstm_engine.text import printable
from tui.drawing.palette import ASCII_GLYPHS, COLOURS, GLYPHS, SERIES_SHOWN
from tui.text.pieces import Piece

#: The fewest runs there is something to compare between.
LEAST = 2


@dataclass(frozen=True)
class Marks:
    """runs: the names of the marked runs, in the order in which they were marked, at most six."""

    runs: tuple[str, ...] = ()

    def toggled(self, entry: RunEntry) -> Marks:
        """With that run marked, or no longer so. Raises UserError where it cannot be marked."""
        if entry.run in self.runs:
            return Marks(tuple(run for run in self.runs if run != entry.run))
        if entry.problem is not None:
            raise UserError(f"{printable(entry.run)} is damaged: there is nothing of it to compare")
        if len(self.runs) == SERIES_SHOWN:
            raise UserError("six runs are marked, as many as can be told apart: space on one of them unmarks it")
        return Marks((*self.runs, entry.run))

    def renamed(self, run: str, name: str) -> Marks:
        """With that run under its new name."""
        return Marks(tuple(name if marked == run else marked for marked in self.runs))

    def kept(self, entries: Iterable[RunEntry]) -> Marks:
        """Those that are still there, undamaged."""
        there = {entry.run for entry in entries if entry.problem is None}
        return Marks(tuple(run for run in self.runs if run in there))

    def pieces(self, *, ascii_text: bool) -> dict[str, Piece]:
        """By name: the glyph that a run has in the comparison, and its style."""
        return {run: mark(number, ascii_text=ascii_text) for number, run in enumerate(self.runs)}

    def advice(self) -> str:
        """How many runs are marked, and what one can do with them, in a sentence."""
        if not self.runs:
            return "no run is marked"
        if len(self.runs) < LEAST:
            return f"{printable(self.runs[0])} is marked: mark another, then c compares them"
        return f"{len(self.runs)} runs are marked: c compares them"


def mark(number: int, *, ascii_text: bool) -> Piece:
    """What stands for curve number `number`: its glyph, and the style with its colour."""
    return ((ASCII_GLYPHS if ascii_text else GLYPHS)[number], f"bold {COLOURS[number]}")
