"""All that stands on the board at one moment, from the runs and from what the user asked to see. Pure but for what
smoothing keeps.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tui.board.drawing.metric_plot import MetricPlot
from tui.board.drawing.smoothed import Smoothed
from tui.board.state.board import Board
from tui.board.state.boards import Boards
from tui.board.state.series import Series, Values
from tui.board.view.grid import Grid, grid
from tui.board.view.metric_names import Group
from tui.board.view.plots import Drawn, groups_of, plot
from tui.board.view.rulers import axis_of, ruler_of
from tui.board.view.seen import Seen
from tui.drawing.palette import SERIES_SHOWN
from tui.view.timeline import Axis, Sight, Timeline, settled, sight


class Smoothings:
    """The smoothed values of the metrics in sight, kept from one frame to the next."""

    def __init__(self) -> None:
        self._weight = 0.0
        self._kept: dict[tuple[str, str], Smoothed] = {}

    def of(self, weight: float, run: str, name: str, series: Series) -> Values | None:
        """The metric's values smoothed by that weight; None for 0."""
        if weight != self._weight:
            self._weight, self._kept = weight, {}
        if not weight:
            return None
        return self._kept.setdefault((run, name), Smoothed(weight)).values(series)


@dataclass(frozen=True)
class Picture:
    """What stands on the board.

    board: the run that the lines and panels are of; None before any turned up. runs: those that are drawn.
    groups: all charts that the filter finds; plots: those of the page. seen: as it was asked, put right.
    """

    board: Board | None
    runs: tuple[Drawn, ...]
    groups: tuple[Group, ...]
    axis: Axis
    sight: Sight
    seen: Seen

    def page(self, width: int, height: int) -> Grid:
        """The charts that there is room for."""
        if self.seen.zoomed:
            count = len(self.groups)
            chosen = min(self.seen.chosen, max(count - 1, 0))
            return Grid(1, 1, chosen, min(count, 1), chosen, max(count, 1))
        return grid(width, height, len(self.groups), self.seen.chosen)

    def plots(self, page: Grid, smoothings: Smoothings) -> list[MetricPlot]:
        """The charts of a page."""
        seen = self.seen
        return [
            plot(group, self.runs, seen, self.sight, lambda *metric: smoothings.of(seen.weight, *metric))
            for group in self.groups[page.first : page.first + page.shown]
        ]


def picture(boards: Boards, seen: Seen, columns: int, across: int) -> Picture:
    """What is to be seen. columns, across: of the charts, as `Axis` has them."""
    shown = [board for board in boards.all if board.run not in seen.hidden][:SERIES_SHOWN]
    numbers = numbers_of([board.run for board in boards.all], [board.run for board in shown])
    runs = tuple(Drawn(board, ruler_of(board, by_epoch=seen.by_epoch), numbers[board.run]) for board in shown)
    if len({run.ruler.by_epoch for run in runs}) > 1:  # not every run knows its epochs: steps are what they share
        runs = tuple(replace(run, ruler=ruler_of(run.board, by_epoch=False)) for run in runs)
    groups = tuple(groups_of(shown, seen.filter))
    axis = axis_of(shown, [run.ruler for run in runs], columns, across)
    chosen = min(seen.chosen, max(len(groups) - 1, 0))
    seen = replace(seen, timeline=settled(seen.timeline, axis), chosen=chosen)
    return Picture(boards.of(seen.run), runs, groups, axis, sight(seen.timeline, axis), seen)


def turned(boards: Boards, now: Picture) -> Seen:
    """With the other axis, all of it; the cursor stays on its step."""
    seen = replace(now.seen, by_epoch=not now.seen.by_epoch, timeline=Timeline())
    if now.sight.cursor is None or not now.runs:
        return seen
    after = picture(boards, seen, now.axis.columns, now.axis.across)
    step = now.runs[0].ruler.step(now.sight.cursor)
    return replace(seen, timeline=Timeline(after.runs[0].ruler.position(step)))


def numbers_of(runs: Sequence[str], shown: Sequence[str]) -> dict[str, int]:
    """A colour for each run that is shown, the same one whatever others are hidden, as far as that goes."""
    numbers: dict[str, int] = {}
    for run in shown:
        wanted = runs.index(run) % SERIES_SHOWN
        free = [number for number in range(SERIES_SHOWN) if number not in numbers.values()]
        numbers[run] = wanted if wanted in free else free[0]
    return numbers
