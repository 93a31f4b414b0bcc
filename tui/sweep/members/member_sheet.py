"""Members as they are listed: a line each, of as many columns as there is room for. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from lstm_engine.sweep.results import Results
from lstm_engine.text import printable
from tui.sweep.members.listed import Listed
from tui.text.numbers import counted, figure
from tui.text.pieces import Piece, fitted
from tui.text.widths import cut, flush_left, flush_right
from tui.text.widths import width as width_of

_GAP = "  "
#: Cells of a figure, and of a company's name at most.
_FIGURE, _NAME = 8, 14
#: The columns that a list can be sorted by, as they stand; and where two of the columns are.
_SORTED = ("seed", "lr", "init", "loss")
_INIT, _SOLVED = 2, 4


@dataclass(frozen=True, eq=False)
class MemberSheet:
    """results: as they are by now. marks: by member, the glyph of those that are marked."""

    results: Results
    listed: Listed
    marks: Mapping[int, Piece]

    @cached_property
    def members(self) -> NDArray[np.int64]:
        """Their numbers in the order of the lines."""
        return self.listed.order.sorted(self.results, self.listed.members)

    @property
    def cursor(self) -> int:
        """The line of the member that the cursor is on; the first where it is on none of these."""
        found = np.flatnonzero(self.members == (-1 if self.listed.cursor is None else self.listed.cursor))
        return int(found[0]) if found.size else 0

    def title(self, width: int) -> list[Piece]:
        """What is listed, and how many of them are solved."""
        results, members = self.results, self.listed.members
        solved = int(results.solved[members].sum())
        parts = [self.listed.what, counted(len(members), "member", separator=","), f"{solved:,} solved"]
        parts.append(_at(results.reached[members]))
        if self.listed.marked:
            parts.append(f"{len(self.listed.marked)} marked")
        return [(f" {flush_left(fitted(parts, width - 2) or cut(parts[0], width - 2), width - 2)} ", "bold")]

    def heading(self, width: int) -> list[Piece]:
        """The line above; an arrow marks what they are sorted by."""
        order = self.listed.order
        words = [*(self._heading(name) for name in _SORTED), "solved", *map(printable, self._companies)]
        pieces: list[Piece] = [("  ", "")]
        for number, cell in enumerate(self._cells(words, width)):
            is_key = number < len(_SORTED) and _SORTED[number] == order.by
            pieces.append((cell, "bold $foreground" if is_key else "$quiet"))
        return pieces

    def row(self, line: int, width: int) -> list[Piece]:
        """One member's line."""
        number = int(self.members[line])
        results, member = self.results, self.results.settings.member(number)
        is_solved = bool(results.solved[number])
        predictions = (figure(float(value), _FIGURE) for value in results.predictions[:, number])
        loss = figure(float(results.loss[number]), _FIGURE)
        words = [str(member.seed), f"{member.lr:g}", member.init, loss, "yes" if is_solved else "no", *predictions]
        mark = self.marks.get(number)
        pieces: list[Piece] = [mark or (" ", ""), (" ", "")]
        for place, cell in enumerate(self._cells(words, width)):
            pieces.append((cell, "$text-success" if place == _SOLVED and is_solved else mark[1] if mark else ""))
        return pieces

    @property
    def _companies(self) -> tuple[str, ...]:
        return self.results.settings.data.names

    def _heading(self, name: str) -> str:
        order = self.listed.order
        return f"{name} {'▼' if order.falls else '▲'}" if name == order.by else name

    @cached_property
    def _widths(self) -> list[int]:
        """Of all columns: seed, lr, init, loss, solved, and one a company."""
        settings = self.results.settings
        arrow = len(" ▲")
        widths = [
            max(len(str(max(settings.seeds))), len("seed") + arrow),
            max(*(len(f"{lr:g}") for lr in settings.lr), len("lr") + arrow),
            len("uniform"),
            _FIGURE,
            len("solved"),
        ]
        return widths + [min(max(width_of(printable(name)), _FIGURE), _NAME) for name in self._companies]

    def _cells(self, words: Iterable[str], width: int) -> list[str]:
        """The words in their columns, as many as there is room for."""
        cells, room = [], width - 2
        for place, (word, cell) in enumerate(zip(words, self._widths, strict=False)):
            gap = _GAP if place else ""
            room -= len(gap) + cell
            if room < 0:
                break
            flush = flush_left if place in (_INIT, _SOLVED) else flush_right
            cells.append(gap + flush(cut(word, cell), cell))
        return cells


def _at(reached: NDArray[np.int64]) -> str:
    first, last = int(reached.min()), int(reached.max())
    return f"at epoch {first:,}" if first == last else f"at epochs {first:,} to {last:,}"
