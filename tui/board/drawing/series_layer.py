"""The curve of a metric on the canvas of a chart."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tui.board.drawing.ruler import Ruler
from tui.board.state.series import Series, Values
from tui.drawing.decimation import Indices, column_edges
from tui.drawing.layer import Layer, Pen

_NO_EDGES: Indices = np.empty(0, np.int64)


@dataclass(frozen=True, eq=False)
class MetricCurve:
    """A metric's points, and where they stand.

    series: the points. ruler: from their steps to the axis. values: what is drawn in place of the series' own values,
    shape (length,), with the least and the greatest of each column all the same; None for those.
    """

    series: Series
    ruler: Ruler = field(default_factory=Ruler)
    values: Values | None = None

    @property
    def drawn(self) -> Values:
        """Shape (length,)."""
        return self.series.values if self.values is None else self.values


class ColumnsOfSteps:
    """A curve as (minimum, maximum) per column; a column without a point has no place on the curve.

    low, high, filled: shape (columns,), as `Columns` has them.
    """

    def __init__(self, x_start: int, x_end: int, columns: int) -> None:
        self._positions = column_edges(x_start, x_end, columns)
        self._edges = _NO_EDGES
        self._last_step = -1
        self.low: Values = np.full(columns, np.nan)
        self.high: Values = np.full(columns, np.nan)
        self.filled: NDArray[np.bool_] = np.zeros(columns, np.bool_)

    def update(self, curve: MetricCurve) -> None:
        """Bring the columns up to the curve; only those that its new points fall into, where it has but grown."""
        edges = curve.ruler.steps(self._positions)
        grown = np.array_equal(edges, self._edges) and curve.series.last_step >= self._last_step
        begin = int(np.searchsorted(edges[1:], self._last_step, side="right")) if grown else 0
        self._edges, self._last_step = edges, curve.series.last_step
        bounds = np.searchsorted(curve.series.steps, edges[begin:])
        starts, ends = bounds[:-1], bounds[1:]
        filled = ends > starts
        low, high = np.full(len(starts), np.nan), np.full(len(starts), np.nan)
        if filled.any():
            points = curve.drawn[starts[filled][0] : ends[filled][-1]]
            offsets = starts[filled] - starts[filled][0]
            low[filled] = np.fmin.reduceat(points, offsets)
            high[filled] = np.fmax.reduceat(points, offsets)
        self.low[begin:], self.high[begin:], self.filled[begin:] = low, high, filled

    def extent(self, *, positive: bool = False) -> tuple[float, float] | None:
        """As `Columns.extent`."""
        low = np.where(self.low > 0, self.low, self.high) if positive else self.low
        known = low > 0 if positive else ~np.isnan(low)
        if not known.any():
            return None
        return float(low[known].min()), float(self.high[known].max())


class SeriesLayer(Layer[MetricCurve]):
    """A curve of a metric, drawn as its points come."""

    _columns: ColumnsOfSteps

    def __init__(self, pen: Pen) -> None:
        super().__init__(pen)
        self._followed: tuple[int, int, float] | None = None

    @property
    def columns(self) -> ColumnsOfSteps:
        return self._columns

    def goes_on_in(self, data: MetricCurve) -> bool:
        if self._followed is None:
            return True
        length, step, value = self._followed
        if len(data.series) < length:
            return False
        return length == 0 or (
            int(data.series.steps[length - 1]) == step and _same(float(data.drawn[length - 1]), value)
        )

    def lay_out(self, x_start: int, x_end: int, width: int, height: int) -> None:
        super().lay_out(x_start, x_end, width, height)
        self._columns = ColumnsOfSteps(x_start, x_end, width * self._across)

    def follow(self, data: MetricCurve) -> None:
        length = len(data.series)
        last = float(data.drawn[-1]) if length else 0.0
        self._followed = (length, data.series.last_step, last)
        self._columns.update(data)


def _same(one: float, other: float) -> bool:
    return one == other or (np.isnan(one) and np.isnan(other))
