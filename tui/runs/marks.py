"""The runs that are marked in the list, to be compared: by pages of as many as can be told apart. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from lstm_engine.errors import UserError
from lstm_engine.listing.run_entry import RunEntry
from lstm_engine.text import printable
from tui.drawing.palette import ASCII_GLYPHS, COLOURS, GLYPHS, SERIES_SHOWN
from tui.text.pieces import Piece

#: The fewest runs there is something to compare between.
LEAST = 2


@dataclass(frozen=True)
class Marks:
    """runs: the names of the marked runs, in the order in which they were marked.

    pinned: the one that comes first on every page; empty for none.
    """

    runs: tuple[str, ...] = ()
    pinned: str = ""

    @property
    def pages(self) -> tuple[tuple[str, ...], ...]:
        """The runs, at most six together, the pinned one before the others each time; one page at least."""
        always = tuple(run for run in self.runs if run == self.pinned)
        others = tuple(run for run in self.runs if run != self.pinned)
        room = SERIES_SHOWN - len(always)
        return tuple((*always, *others[begin : begin + room]) for begin in range(0, max(len(others), 1), room))

    def page_of(self, run: str) -> int:
        """The first page that the run is on; 0 where it is on none."""
        return next((number for number, page in enumerate(self.pages) if run in page), 0)

    def toggled(self, entry: RunEntry) -> Marks:
        """With that run marked, or no longer so. Raises UserError where it cannot be marked."""
        if entry.run in self.runs:
            return self._only(run for run in self.runs if run != entry.run)
        if entry.problem is not None:
            raise UserError(f"{printable(entry.run)} is damaged: there is nothing of it to compare")
        return replace(self, runs=(*self.runs, entry.run))

    def toggled_all(self, entries: Iterable[RunEntry]) -> Marks:
        """With all of these marked that can be; where they are so already, with none of them."""
        runs = tuple(entry.run for entry in entries if entry.problem is None)
        if set(runs) <= set(self.runs):
            return self._only(run for run in self.runs if run not in runs)
        return replace(self, runs=tuple(dict.fromkeys((*self.runs, *runs))))

    def pinning(self, run: str) -> Marks:
        """With that run pinned; none is where it is not marked."""
        return replace(self, pinned=run if run in self.runs else "")

    def renamed(self, run: str, name: str) -> Marks:
        """With that run under its new name."""
        runs = tuple(name if marked == run else marked for marked in self.runs)
        return Marks(runs, name if self.pinned == run else self.pinned)

    def kept(self, entries: Iterable[RunEntry]) -> Marks:
        """Those that are still there, undamaged."""
        there = {entry.run for entry in entries if entry.problem is None}
        return self._only(run for run in self.runs if run in there)

    def has_script(self, entries: Iterable[RunEntry]) -> bool:
        """Whether a script's run is among those marked: its metrics are of its own."""
        return any(entry.kind == "lightning" and entry.run in self.runs for entry in entries)

    def _only(self, runs: Iterable[str]) -> Marks:
        return Marks(tuple(runs)).pinning(self.pinned)

    def pieces(self, *, ascii_text: bool) -> dict[str, Piece]:
        """By name: the glyph that a run has in the comparison, and its style."""
        return {run: mark(number, ascii_text=ascii_text) for page in self.pages for number, run in enumerate(page)}

    def advice(self) -> str:
        """How many runs are marked, and what one can do with them, in a sentence."""
        if not self.runs:
            return "no run is marked"
        if len(self.runs) < LEAST:
            return f"{printable(self.runs[0])} is marked: mark another, then c compares them"
        by_page = f", {SERIES_SHOWN} at a time or by groups" if len(self.pages) > 1 else ""
        return f"{len(self.runs)} runs are marked: c compares them{by_page}"


def mark(number: int, *, ascii_text: bool) -> Piece:
    """What stands for curve number `number` of a page: its glyph, and the style with its colour."""
    return ((ASCII_GLYPHS if ascii_text else GLYPHS)[number], f"bold {COLOURS[number]}")
