"""A chart of curves as a picture of cells, kept up at little cost while they grow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic

import numpy as np

from tui.drawing.axes_spec import AxesSpec
from tui.drawing.cells import Cells, Role
from tui.drawing.layer import Data, Layer, Pen
from tui.drawing.plotting import Axes, draw_axes
from tui.drawing.scales import Scale, steps_up, value_scale
from tui.options import Marker

RESUMED = "resumed"
#: Columns from one mark on a curve to the next.
MARK_EVERY = 16
#: The share of a common value axis that the values of each of two charts take at least; else each has its own.
COMPARABLE = 1 / 3


class LayeredPicture(Generic[Data]):
    """Draws one chart again and again, and of its curves only the columns that new points fall into.

    The value axis only grows, until other axes are asked for. What a chart beside shows is followed, not drawn.
    """

    _axes: Axes
    _background: Cells
    _cells: Cells

    def __init__(self, layer: Callable[[Pen], Layer[Data]]) -> None:
        """layer: makes what a curve is drawn by."""
        self._layer = layer
        self.reset()

    def reset(self) -> None:
        """Forget the values: the next ones are another run's."""
        self._spec: AxesSpec | None = None
        self._scale: Scale | None = None
        self._cursor: int | None = None
        self._layers: list[Layer[Data]] = []
        self._beside: list[Layer[Data]] = []

    def draw_curves(
        self,
        spec: AxesSpec,
        curves: Sequence[Data],
        pens: Sequence[Pen],
        cursor: int | None = None,
        beside: Sequence[Data] = (),
        target_beside: float | None = None,
    ) -> Cells | None:
        """The chart, the same object as before where it has not changed; None where there is no value to show.

        curves: one or more, the later ones in front. pens: theirs. cursor: the position under the time cursor.
        beside: what the value axis spans too, where both take a good part of it; target_beside: its horizontal line.
        """
        if not self._goes_on_in(curves, pens, beside):
            self.reset()
            self._layers = [self._layer(pen) for pen in pens]
            self._beside = [self._layer(Pen(Role.BLANK, spec.marker)) for _ in beside]
        if spec != self._spec:
            self._spec, self._scale = spec, None
            self._lay_out_curves(spec, spec.axes(None))
        self._follow(curves)
        for layer, values in zip(self._beside, beside, strict=True):
            layer.follow(values)
        scale = self._fitting_scale(spec, target_beside)
        if scale is None:
            return None
        is_new = scale is not self._scale
        if is_new:
            self._scale = scale
            self._lay_out(spec, scale, curves)
        changes = [layer.draw(scale) for layer in self._layers]
        if is_new or any(changes) or cursor != self._cursor:
            self._cursor = cursor
            self._cells = self._composed(spec, cursor)
        return self._cells

    @property
    def columns(self) -> int:
        """How many columns there are for the epochs; 0 before anything is drawn."""
        return self._axes.canvas_width if self._spec else 0

    def column_of(self, epoch: int) -> int:
        """The column of the picture that shows an epoch; -1 for an epoch out of sight or before anything is drawn."""
        spec = self._spec
        if spec is None or not spec.shows(epoch):
            return -1
        return self._axes.left + spec.column_of(epoch, self._axes.canvas_width)

    def place_of(self, epoch: int, value: float) -> tuple[int, int] | None:
        """The row and the column of the picture at which a value stands; None where it is out of sight."""
        spec, scale = self._spec, self._scale
        if spec is None or scale is None or not spec.shows(epoch):
            return None
        fraction = scale.fractions(np.array([value]))
        if not 0 <= fraction[0] <= 1:
            return None
        rows = self._axes.canvas_height
        return rows - 1 - int(steps_up(fraction, rows)[0]), self.column_of(epoch)

    def epoch_at(self, column: int) -> int:
        """The epoch that a column of the picture shows, as `AxesSpec.epoch_at`; 0 before anything is drawn."""
        if self._spec is None:
            return 0
        return self._spec.epoch_at(column - self._axes.left, self._axes.canvas_width)

    def _goes_on_in(self, curves: Sequence[Data], pens: Sequence[Pen], beside: Sequence[Data]) -> bool:
        """Whether these curves are those that were followed before, grown or cut."""
        layers, values = [*self._layers, *self._beside], [*curves, *beside]
        is_alike = [layer.pen for layer in self._layers] == list(pens) and len(layers) == len(values)
        return is_alike and all(layer.goes_on_in(each) for layer, each in zip(layers, values, strict=True))

    def _lay_out_curves(self, spec: AxesSpec, axes: Axes) -> None:
        self._axes = axes
        for layer in (*self._layers, *self._beside):
            layer.lay_out(spec.x_start, spec.x_end, axes.canvas_width, axes.canvas_height)

    def _follow(self, curves: Sequence[Data]) -> None:
        for layer, values in zip(self._layers, curves, strict=True):
            layer.follow(values)

    def _lay_out(self, spec: AxesSpec, scale: Scale, curves: Sequence[Data]) -> None:
        axes = spec.axes(scale)
        if axes.canvas_width != self._axes.canvas_width:  # labels wider than expected
            self._lay_out_curves(spec, axes)
            self._follow(curves)
        self._axes = axes
        self._background = draw_axes(axes, spec.marker)

    def _fitting_scale(self, spec: AxesSpec, target_beside: float | None) -> Scale | None:
        own = _extent(self._layers, spec.target, log=spec.log)
        if own is None:
            return None
        low, high = _compared(own, _extent(self._beside, target_beside, log=spec.log))
        if spec.from_zero and not spec.log:
            low = min(low, 0.0)
        return value_scale(low, high, self._axes.canvas_height, log=spec.log, grown_from=self._scale)

    def _composed(self, spec: AxesSpec, cursor: int | None) -> Cells:
        axes, cells = self._axes, self._background.copy()
        canvas = cells.part(0, axes.left, axes.canvas_width, axes.canvas_height)
        if self._layers[0].pen.role >= Role.SERIES:
            canvas.overlay_in_turns(
                [layer.glyphs for layer in self._layers], [layer.pen.role for layer in self._layers]
            )
        else:
            for layer in self._layers:
                canvas.overlay(layer.glyphs, layer.pen.role)
        for number, layer in enumerate(self._layers):
            put_marks(canvas, layer, MARK_EVERY * number // len(self._layers))
        if cursor is not None and spec.shows(cursor):
            _draw_cursor(cells, axes, self.column_of(cursor), spec.label_of(cursor), spec.marker)
        _label_resumes(canvas, axes)
        return cells


def _extent(layers: Sequence[Layer[Data]], target: float | None, *, log: bool) -> tuple[float, float] | None:
    """The smallest and the largest value of the curves, the target among them; None where there is no value."""
    extents = [layer.extent(positive=log) for layer in layers]
    known = [extent for extent in extents if extent is not None]
    if not known:
        return None
    if target is not None and (target > 0 or not log):
        known.append((target, target))
    return min(low for low, _ in known), max(high for _, high in known)


def _compared(own: tuple[float, float], other: tuple[float, float] | None) -> tuple[float, float]:
    """The range of both, where each takes enough of it to be read; else its own."""
    if other is None:
        return own
    low, high = min(own[0], other[0]), max(own[1], other[1])
    narrower = min(own[1] - own[0], other[1] - other[0])
    return (low, high) if narrower >= COMPARABLE * (high - low) else own


def put_marks(canvas: Cells, layer: Layer[Data], offset: int) -> None:
    """The pen's mark on its curve, at the end and, from `offset` on, every so many columns."""
    drawn = layer.glyphs != " "
    columns = np.flatnonzero(drawn.any(axis=0)).tolist() if layer.pen.mark else []
    for column in columns:
        if column % MARK_EVERY == offset or column == columns[-1]:
            canvas.write(int(drawn[:, column].argmax()), column, layer.pen.mark, layer.pen.role)


def _label_resumes(canvas: Cells, axes: Axes) -> None:
    """Write beside each resume marker what it is, at the side without the target, where nothing is in the way."""
    at_bottom = axes.target_row is not None and axes.target_row < canvas.height / 2
    row = canvas.height - 1 if at_bottom else 0
    for column in axes.resume_columns:
        span = canvas.roles[row, column + 1 : column + len(RESUMED) + 3]
        if len(span) == len(RESUMED) + 2 and not span.any():
            canvas.write(row, column + 2, RESUMED, Role.RESUME)


def _draw_cursor(cells: Cells, axes: Axes, column: int, label: str, marker: Marker) -> None:
    """A line through the canvas, and its label in place of the tick labels it would run into."""
    line = cells.part(0, column, 1, axes.canvas_height)
    line.glyphs[line.roles < Role.GHOST] = "|" if marker == "ascii" else "│"
    line.roles[:] = Role.CURSOR
    if not axes.below:
        return
    row = cells.height - 1
    begin = min(max(column - len(label) // 2, 0), max(cells.width - len(label), 0))
    left, right = begin, begin + len(label)
    while left > 0 and cells.glyphs[row, left - 1] != " ":
        left -= 1
    while right < cells.width and cells.glyphs[row, right] != " ":
        right += 1
    cells.write(row, left, " " * (right - left), Role.BLANK)
    cells.write(row, begin, label, Role.CURSOR)
