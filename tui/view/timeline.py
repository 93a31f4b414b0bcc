"""The time cursor and the zoom: which epoch is shown, and which epochs the charts have on their axis.

Pure: a key's effect is a function from one frozen `Timeline` to the next.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from tui.drawing.decimation import column_of

if TYPE_CHECKING:
    from tui.state.session import Session


#: The fewest epochs that a chart is zoomed in to.
LEAST_SPAN = 20
#: A zoomed axis without a cursor follows the newest epoch in leaps of a quarter: it stands still in between.
_LEAPS = 4


@dataclass(frozen=True)
class Timeline:
    """What the user asked to see.

    cursor: the epoch under the time cursor; None follows the newest one.
    span: how many epochs the axes are zoomed in to; None shows all.
    start: the first of them, as long as there is a cursor.
    """

    cursor: int | None = None
    span: int | None = None
    start: int = 0


@dataclass(frozen=True)
class Axis:
    """What there is to see.

    newest: the last epoch that has happened, -1 where none has.
    end: the last one that the charts have room for.
    marks: the epochs at which a stage begins, ascending, epoch 0 first.
    columns: of the chart that the cursor is moved on. across: how many points each of them has beside each other.
    """

    newest: int
    end: int
    marks: tuple[int, ...] = (0,)
    columns: int = 100
    across: int = 2

    @classmethod
    def of(cls, session: Session, columns: int = 100, across: int = 2) -> Axis:
        branched = () if session.parent is None else (session.parent.epoch,)
        marks = tuple(sorted({0, *session.resumes, *branched}))
        return cls(session.history.last_epoch, session.x_end, marks, columns, across)


@dataclass(frozen=True)
class Sight:
    """What is shown: one epoch, on axes from one epoch to another.

    epoch: -1 where nothing has happened yet. is_live: it is the newest one, and followed.
    """

    epoch: int
    is_live: bool
    x_start: int
    x_end: int

    @property
    def cursor(self) -> int | None:
        """The epoch to draw a cursor at."""
        return None if self.is_live else self.epoch


def sight(timeline: Timeline, axis: Axis) -> Sight:
    """What the timeline shows of the axis."""
    first, last = _window(timeline, axis)
    epoch = axis.newest if timeline.cursor is None else timeline.cursor
    return Sight(epoch, timeline.cursor is None, first, last)


def settled(timeline: Timeline, axis: Axis) -> Timeline:
    """The timeline without a cursor on what has not happened: a run was set back, or another one opened."""
    return timeline if timeline.cursor is None or timeline.cursor <= axis.newest else replace(timeline, cursor=None)


def jumped(timeline: Timeline, axis: Axis, epoch: int) -> Timeline:
    """With the cursor on that epoch, or on the nearest one that has happened."""
    return _at(timeline, axis, min(max(epoch, 0), axis.newest))


def towards(timeline: Timeline, axis: Axis, epoch: int) -> Timeline:
    """With the cursor on that epoch; from the newest one on it is live."""
    return live(timeline, axis) if epoch >= axis.newest else _at(timeline, axis, max(epoch, 0))


def moved(timeline: Timeline, axis: Axis, epochs: int) -> Timeline:
    """With the cursor so many epochs further; past the newest one it is live again."""
    return towards(timeline, axis, _here(timeline, axis) + epochs)


def moved_by_columns(timeline: Timeline, axis: Axis, columns: int) -> Timeline:
    """With the cursor so many columns further, and at least one epoch."""
    first, last = _window(timeline, axis)
    here = _here(timeline, axis)
    column = column_of(here, first, last, axis.columns * axis.across) // axis.across
    there = round(first + (column + columns) * (last - first) / max(axis.columns - 1, 1))
    at_least = here + (1 if columns > 0 else -1)
    return towards(timeline, axis, max(there, at_least) if columns > 0 else min(there, at_least))


def moved_to_mark(timeline: Timeline, axis: Axis, direction: int) -> Timeline:
    """With the cursor on the next stage's beginning, in a direction of 1 or -1; past the last one it is live again."""
    here = _here(timeline, axis)
    if direction > 0:
        return towards(timeline, axis, next((mark for mark in axis.marks if mark > here), axis.newest))
    return towards(timeline, axis, next((mark for mark in reversed(axis.marks) if mark < here), 0))


def at_first(timeline: Timeline, axis: Axis) -> Timeline:
    """With the cursor on the untrained model."""
    return towards(timeline, axis, 0)


def live(timeline: Timeline, _: Axis) -> Timeline:
    """Without a cursor: the newest epoch."""
    return replace(timeline, cursor=None)


def zoomed(timeline: Timeline, axis: Axis, steps: int) -> Timeline:
    """With half the epochs on the axes for each step, or twice as many for a step of -1.

    The epoch under the cursor, or else the newest one, stays where it is.
    """
    first, last = _window(timeline, axis)
    span = round((last - first) * 2.0**-steps)
    if span >= axis.end:
        return unzoomed(timeline, axis)
    span = max(span, min(LEAST_SPAN, axis.end))
    here = _here(timeline, axis)
    start = here - round((here - first) / max(last - first, 1) * span)
    return replace(timeline, span=span, start=_inside(start, span, axis))


def unzoomed(timeline: Timeline, _: Axis) -> Timeline:
    """With all epochs on the axes."""
    return replace(timeline, span=None, start=0)


def _here(timeline: Timeline, axis: Axis) -> int:
    return max(axis.newest, 0) if timeline.cursor is None else timeline.cursor


def _at(timeline: Timeline, axis: Axis, epoch: int) -> Timeline:
    """With the cursor there, in the middle of the axes where it would be out of sight."""
    if timeline.span is None:
        return replace(timeline, cursor=epoch)
    start = _window(timeline, axis)[0]
    if not start <= epoch <= start + timeline.span:
        start = epoch - timeline.span // 2
    return replace(timeline, cursor=epoch, start=_inside(start, timeline.span, axis))


def _inside(start: int, span: int, axis: Axis) -> int:
    return max(min(start, axis.end - span), 0)


def _window(timeline: Timeline, axis: Axis) -> tuple[int, int]:
    """The first and the last epoch on the axes."""
    span = timeline.span
    if span is None or span >= axis.end:
        return 0, axis.end
    if timeline.cursor is not None:
        start = _inside(timeline.start, span, axis)
    else:
        leap = max(span // _LEAPS, 1)
        start = _inside(-(-axis.newest // leap) * leap - span, span, axis)
    return start, start + span


TIME_ACTIONS: dict[str, Callable[[Timeline, Axis], Timeline]] = {
    "column_back": partial(moved_by_columns, columns=-1),
    "column_on": partial(moved_by_columns, columns=1),
    "columns_back": partial(moved_by_columns, columns=-10),
    "columns_on": partial(moved_by_columns, columns=10),
    "epoch_back": partial(moved, epochs=-1),
    "epoch_on": partial(moved, epochs=1),
    "stage_back": partial(moved_to_mark, direction=-1),
    "stage_on": partial(moved_to_mark, direction=1),
    "first_epoch": at_first,
    "live": live,
    "zoom_in": partial(zoomed, steps=1),
    "zoom_out": partial(zoomed, steps=-1),
    "zoom_all": unzoomed,
}
