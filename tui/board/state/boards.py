"""All runs that a source tells of, by name, in the order in which they came up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from tui.board.state.board import ALIVE, Board
from tui.board.state.reducer import said, told
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
        return Boards(_with_fates(runs))

    def replaced(self, board: Board) -> Boards:
        """With a run as it is by now."""
        return Boards(_with_fates({**self.by_name, board.run: board}))

    @property
    def all(self) -> tuple[Board, ...]:
        return tuple(self.by_name.values())

    def of(self, run: str) -> Board | None:
        """The run of that name, or else the first; None where there is none."""
        return self.by_name.get(run) or next(iter(self.by_name.values()), None)


def _with_fates(runs: Mapping[str, Board]) -> Mapping[str, Board]:
    """What was said of a branch that has begun is said no more once it has ended, and where it has failed, that is."""
    over = {
        board.run: _after(board, runs[board.branching[0]])
        for board in runs.values()
        if board.branching[0] in runs and runs[board.branching[0]].state not in ALIVE
    }
    return {**runs, **over} if over else runs


def _after(board: Board, branch: Board) -> Board:
    _, sentence = board.branching
    after = replace(board, branching=("", ""))
    if branch.state == "failed":
        return said(after, f"branch {branch.run} has failed: {branch.cause or 'its script said nothing'}", alert=True)
    return said(after, "") if board.notice == sentence else after
