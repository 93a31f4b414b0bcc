"""The axis that the metrics of several runs stand on. Pure."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tui.board.drawing.ruler import Ruler
from tui.board.state.board import Board
from tui.board.state.series import Series
from tui.view.timeline import Axis

#: What loggers write down the epoch as, among the metrics.
EPOCH = "epoch"
#: An axis without an end has room for so many parts more of its magnitude.
_PARTS = 2


def epochs_of(board: Board) -> Series:
    """The epochs of a run, by step; what a logger wrote of them where nothing else is known. May be empty."""
    if len(board.epochs):
        return board.epochs
    logged = board.metrics.get(EPOCH, Series())
    values = logged.values
    begins = np.flatnonzero(np.diff(values, prepend=-1.0) > 0)
    return Series().extended(logged.steps[begins], values[begins])


def ruler_of(board: Board, *, by_epoch: bool) -> Ruler:
    """Where the run's steps stand; by step where nothing is known of its epochs."""
    if not by_epoch:
        return Ruler()
    epochs = epochs_of(board)
    if not len(epochs):
        return Ruler()
    made = float(epochs.values[-1] - epochs.values[0])
    learned = round((epochs.last_step - int(epochs.steps[0])) / made) if made > 0 else board.progress.batches
    return Ruler(True, epochs, max(board.steps_per_epoch or learned or 1, 1))


def axis_of(boards: Sequence[Board], rulers: Sequence[Ruler], columns: int, across: int) -> Axis:
    """What there is to see of these runs, in positions. across: points beside each other in a column of a chart."""
    newest = max((ruler.position(board.newest_step) for board, ruler in zip(boards, rulers, strict=True)), default=0)
    ends = [_end(board, ruler) for board, ruler in zip(boards, rulers, strict=True)]
    marks = [0]
    if len(boards) == 1:
        marks = sorted({0, *(rulers[0].position(step) for step in epochs_of(boards[0]).steps[-5000:].tolist())})
    return Axis(newest, max([*ends, newest, 1]), tuple(marks), columns, across)


def _end(board: Board, ruler: Ruler) -> int:
    """The last position that a run needs room for."""
    newest = ruler.position(board.newest_step)
    if not board.is_alive:
        return newest
    end = board.end
    return _with_room(newest, ruler.unit) if end is None else ruler.position(end)


def _with_room(newest: int, unit: int) -> int:
    """An end that stands still for a while as training goes on behind it."""
    magnitude = int(10 ** (len(str(max(newest, 10 * unit))) - 1))
    part = max(magnitude // _PARTS, 1)
    return (newest // part + 1) * part
