"""A chart of curves over the epochs as a picture of cells, kept up at little cost while training appends to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tui.drawing.cells import Cells, Role
from tui.drawing.curve_layer import CurveLayer
from tui.drawing.decimation import Extremes, Values, column_edges, column_of, sample_epochs
from tui.drawing.plotting import Axes, draw_axes, resolution
from tui.drawing.scales import Scale, epoch_ticks, steps_up, value_scale
from tui.options import Marker

#: The smallest (width, height) with an epoch axis, and with a value axis.
EPOCH_AXIS_FROM = (16, 6)
VALUE_AXIS_FROM = (24, 4)
#: Value labels get this much room at least, so that the axis does not move sideways when the range grows.
LABEL_WIDTH = 5
RESUMED = "resumed"
#: Columns from one mark on a curve to the next.
MARK_EVERY = 16


@dataclass(frozen=True)
class View:
    """All of a chart but the values: what is asked for.

    x_start, x_end: the first and the last epoch on the axis.
    resumes: the epochs at which training was resumed.
    target: the value of a horizontal line.
    log: logarithmic values; zero and below are gaps.
    """

    width: int
    height: int
    marker: Marker
    x_start: int
    x_end: int
    resumes: tuple[int, ...] = ()
    target: float | None = None
    log: bool = False


@dataclass(frozen=True)
class _Seen:
    """A few values of what was drawn, to notice when it is another run's turn."""

    epochs: tuple[int, ...] = ()
    values: bytes = b""

    @classmethod
    def of(cls, values: Values) -> _Seen:
        epochs = sample_epochs(len(values))
        return cls(tuple(epochs), values[epochs].tobytes())

    def goes_on_in(self, values: Values) -> bool:
        """Whether `values` are the same as far as they go back."""
        common = [epoch for epoch in self.epochs if epoch < len(values)]
        return values[common].tobytes() == self.values[: len(common) * values.itemsize]


@dataclass(frozen=True, eq=False)
class Strand:
    """One of the curves of a chart.

    values: per epoch, shape (epochs,), epoch 0 first; what is not finite is a gap.
    role: what it stands for. stroke: the marker, or the character, that it is drawn with.
    mark: a character put on the curve here and there, empty for none; it tells curves apart without colour.
    """

    values: Values
    role: int
    stroke: str
    mark: str = ""


class _Memory:
    """What is kept of a strand from one drawing to the next."""

    layer: CurveLayer

    def __init__(self, strand: Strand) -> None:
        self.extremes = Extremes()
        self.seen = _Seen.of(strand.values)


class CurvePicture:
    """Draws one chart again and again, and of its curves only the columns that new epochs fall into.

    The value axis only grows, until another view is asked for.
    """

    _axes: Axes
    _scale: Scale | None
    _background: Cells
    _cells: Cells

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Forget the values: the next ones are another run's."""
        self._view: View | None = None
        self._cursor: int | None = None
        self._kinds: list[tuple[int, str, str]] = []
        self._memories: list[_Memory] = []

    def draw(
        self, view: View, values: Values, behind: Sequence[Values] = (), cursor: int | None = None
    ) -> Cells | None:
        """The chart of one curve, with others dotted behind it; as `draw_strands`."""
        dot = "." if view.marker == "ascii" else "·"
        ghosts = (Strand(ghost, Role.GHOST, dot) for ghost in behind)
        return self.draw_strands(view, (*ghosts, Strand(values, Role.CURVE, view.marker)), cursor)

    def draw_strands(self, view: View, strands: Sequence[Strand], cursor: int | None = None) -> Cells | None:
        """The chart, the same object as before where it has not changed; None where there is no value to show.

        strands: one or more, the later ones in front. cursor: the epoch under the time cursor.
        """
        self._remember(strands)
        if view != self._view:
            self._view, self._scale = view, None
            self._open(view, strands, _layout(view, None))
        self._update(strands)
        scale = self._fitting_scale(view)
        if scale is None:
            return None
        is_new = scale is not self._scale
        if is_new:
            self._scale = scale
            self._lay_out(view, scale, strands)
        changes = [memory.layer.draw(scale) for memory in self._memories]
        if is_new or any(changes) or cursor != self._cursor:
            self._cursor = cursor
            self._cells = self._composed(view, strands, cursor)
        return self._cells

    def _remember(self, strands: Sequence[Strand]) -> None:
        """Begin anew where these are others than before."""
        kinds = [(strand.role, strand.stroke, strand.mark) for strand in strands]
        goes_on = kinds == self._kinds and all(
            memory.seen.goes_on_in(strand.values) for memory, strand in zip(self._memories, strands, strict=True)
        )
        if not goes_on:
            self.reset()
            self._kinds = kinds
            self._memories = [_Memory(strand) for strand in strands]
        for memory, strand in zip(self._memories, strands, strict=True):
            memory.seen = _Seen.of(strand.values)

    @property
    def columns(self) -> int:
        """How many columns there are for the epochs; 0 before anything is drawn."""
        return self._axes.canvas_width if self._view else 0

    def column_of(self, epoch: int) -> int:
        """The column of the picture that shows an epoch; -1 for an epoch out of sight or before anything is drawn."""
        view = self._view
        if view is None or not view.x_start <= epoch <= view.x_end:
            return -1
        return self._axes.left + _column(view, epoch, self._axes.canvas_width)

    def epoch_at(self, column: int) -> int:
        """The epoch in the middle of a column of the picture, the nearest one where the column shows none.

        The outer columns stand for the ends of the axis.
        """
        view = self._view
        if view is None:
            return 0
        cell = column - self._axes.left
        if cell <= 0:
            return view.x_start
        if cell >= self._axes.canvas_width - 1:
            return view.x_end
        across = resolution(view.marker)[0]
        edges = column_edges(view.x_start, view.x_end, self._axes.canvas_width * across)
        return int(edges[cell * across] + edges[(cell + 1) * across] - 1) // 2

    def _open(self, view: View, strands: Sequence[Strand], axes: Axes) -> None:
        self._axes = axes
        size = (axes.canvas_width, axes.canvas_height)
        for memory, strand in zip(self._memories, strands, strict=True):
            memory.layer = CurveLayer(memory.extremes, view.x_start, view.x_end, *size, strand.stroke)

    def _update(self, strands: Sequence[Strand]) -> None:
        for memory, strand in zip(self._memories, strands, strict=True):
            memory.layer.envelope.update(strand.values)

    def _lay_out(self, view: View, scale: Scale, strands: Sequence[Strand]) -> None:
        axes = _layout(view, scale)
        if axes.canvas_width != self._axes.canvas_width:  # labels wider than expected
            self._open(view, strands, axes)
            self._update(strands)
        self._axes = axes
        self._background = draw_axes(axes, view.marker)

    def _fitting_scale(self, view: View) -> Scale | None:
        extents = [memory.layer.envelope.extent(positive=view.log) for memory in self._memories]
        known = [extent for extent in extents if extent is not None]
        if not known:
            return None
        if view.target is not None and (view.target > 0 or not view.log):
            known.append((view.target, view.target))
        low, high = min(low for low, _ in known), max(high for _, high in known)
        return value_scale(low, high, self._axes.canvas_height, log=view.log, grown_from=self._scale)

    def _composed(self, view: View, strands: Sequence[Strand], cursor: int | None) -> Cells:
        axes, cells = self._axes, self._background.copy()
        canvas = cells.part(0, axes.left, axes.canvas_width, axes.canvas_height)
        series = [(memory.layer.glyphs, strand.role) for memory, strand in zip(self._memories, strands, strict=True)]
        if strands[0].role >= Role.SERIES:
            canvas.overlay_in_turns(*zip(*series, strict=True))
        else:
            for glyphs, role in series:
                canvas.overlay(glyphs, role)
        for number, (memory, strand) in enumerate(zip(self._memories, strands, strict=True)):
            _put_marks(canvas, memory.layer, strand, MARK_EVERY * number // len(strands))
        if cursor is not None and view.x_start <= cursor <= view.x_end:
            _draw_cursor(cells, axes, self.column_of(cursor), cursor, view.marker)
        _label_resumes(canvas, axes)
        return cells


def _layout(view: View, scale: Scale | None) -> Axes:
    """What there is room for; without a scale, what there will most likely be."""
    has_epochs = view.width >= EPOCH_AXIS_FROM[0] and view.height >= EPOCH_AXIS_FROM[1]
    has_values = view.width >= VALUE_AXIS_FROM[0] and view.height >= VALUE_AXIS_FROM[1]
    ticks = scale.ticks if scale else ()
    left = max(LABEL_WIDTH, *(len(label) for _, label in ticks), 0) + 1 if has_values else 0
    below = 2 if has_epochs else 0
    rows, columns = view.height - below, view.width - left
    inner = [epoch for epoch in view.resumes if view.x_start < epoch < view.x_end]
    return Axes(
        width=view.width,
        height=view.height,
        left=left,
        below=below,
        value_ticks=tuple(zip(_rows([at for at, _ in ticks], rows), (label for _, label in ticks), strict=True)),
        epoch_ticks=tuple(
            (_column(view, epoch, columns), label) for epoch, label in epoch_ticks(view.x_start, view.x_end, columns)
        ),
        target_row=_target_row(view, scale, rows),
        resume_columns=tuple(dict.fromkeys(_column(view, epoch, columns) for epoch in inner)),
    )


def _column(view: View, epoch: int, columns: int) -> int:
    across = resolution(view.marker)[0]
    return column_of(epoch, view.x_start, view.x_end, columns * across) // across


def _rows(fractions: list[float], rows: int) -> list[int]:
    """The canvas rows, from the top, of fractions of the value axis."""
    return [rows - 1 - int(step) for step in steps_up(np.array(fractions, np.float64), rows)]


def _target_row(view: View, scale: Scale | None, rows: int) -> int | None:
    if view.target is None or scale is None:
        return None
    fraction = float(scale.fractions(np.array([view.target]))[0])
    return _rows([fraction], rows)[0] if 0 <= fraction <= 1 else None


def _put_marks(canvas: Cells, layer: CurveLayer, strand: Strand, offset: int) -> None:
    """The strand's mark on its curve, at the end and, from `offset` on, every so many columns."""
    drawn = layer.glyphs != " "
    columns = np.flatnonzero(drawn.any(axis=0)).tolist() if strand.mark else []
    for column in columns:
        if column % MARK_EVERY == offset or column == columns[-1]:
            canvas.write(int(drawn[:, column].argmax()), column, strand.mark, strand.role)


def _label_resumes(canvas: Cells, axes: Axes) -> None:
    """Write beside each resume marker what it is, at the side without the target, where nothing is in the way."""
    at_bottom = axes.target_row is not None and axes.target_row < canvas.height / 2
    row = canvas.height - 1 if at_bottom else 0
    for column in axes.resume_columns:
        span = canvas.roles[row, column + 1 : column + len(RESUMED) + 3]
        if len(span) == len(RESUMED) + 2 and not span.any():
            canvas.write(row, column + 2, RESUMED, Role.RESUME)


def _draw_cursor(cells: Cells, axes: Axes, column: int, epoch: int, marker: Marker) -> None:
    """A line through the canvas, and the epoch in place of the tick labels it would run into."""
    line = cells.part(0, column, 1, axes.canvas_height)
    line.glyphs[line.roles < Role.GHOST] = "|" if marker == "ascii" else "│"
    line.roles[:] = Role.CURSOR
    if not axes.below:
        return
    label = str(epoch)
    row = cells.height - 1
    begin = min(max(column - len(label) // 2, 0), max(cells.width - len(label), 0))
    left, right = begin, begin + len(label)
    while left > 0 and cells.glyphs[row, left - 1] != " ":
        left -= 1
    while right < cells.width and cells.glyphs[row, right] != " ":
        right += 1
    cells.write(row, left, " " * (right - left), Role.BLANK)
    cells.write(row, begin, label, Role.CURSOR)
