"""All runs that a source tells of, by name, in the order in which they came up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tui.board.state.board import Board
from tui.board.state.reducer import told
from tui.state.told import Told


@dataclass(frozen=True)
class Boards:
    """The runs by name."""

    by_name: Mapping[str, Board] = field(default_factory=dict)

    def after(self, news: Sequence[Told]) -> Boards:
        """The runs once all of it was told."""
        runs = dict(self.by_name)
        for each in news:
            runs[each.run] = told(runs.get(each.run, Board(each.run)), each)
        return Boards(runs)

    def replaced(self, board: Board) -> Boards:
        """With a run as it is by now."""
        return Boards({**self.by_name, board.run: board})

    @property
    def all(self) -> tuple[Board, ...]:
        return tuple(self.by_name.values())

    def of(self, run: str) -> Board | None:
        """The run of that name, or else the first; None where there is none."""
        return self.by_name.get(run) or next(iter(self.by_name.values()), None)
