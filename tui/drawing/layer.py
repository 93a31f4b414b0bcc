"""A curve on the canvas of a chart, whatever its data are: drawn again from the first column on that moved."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from tui.drawing.cells import Glyphs
from tui.drawing.plotting import draw_line, resolution
from tui.drawing.scales import Scale, steps_up

#: What a curve's values come as.
Data = TypeVar("Data")
Floats = NDArray[np.float32] | NDArray[np.float64]


class Columns(Protocol):
    """A curve as (minimum, maximum) per column of points.

    low, high: shape (columns,); NaN where a column has no finite value.
    filled: shape (columns,), True where a column has a place on the curve: one without a value is a gap in it.
    """

    @property
    def low(self) -> Floats: ...

    @property
    def high(self) -> Floats: ...

    @property
    def filled(self) -> NDArray[np.bool_]: ...

    def extent(self, *, positive: bool = False) -> tuple[float, float] | None:
        """The smallest and the largest value in sight, None where there is none; of the positive ones if asked so."""


@dataclass(frozen=True, eq=False)
class _Points:
    """A broken line on a grid of points, `across` of them per canvas column.

    x, y: columns and heights above the bottom edge, in points. joined: whether a line comes from the point before.
    """

    x: NDArray[np.int64]
    y: NDArray[np.int64]
    joined: NDArray[np.bool_]

    def first_difference(self, other: _Points) -> int | None:
        """From which column on the two look different, None where they are the same.

        That is the column of the last point they share, as the line from there to the next one may differ.
        """
        shorter = min(len(self.x), len(other.x))
        ours, theirs = (np.stack((p.x[:shorter], p.y[:shorter], p.joined[:shorter])) for p in (self, other))
        differs = (ours != theirs).any(axis=0)
        index = int(differs.argmax()) if differs.any() else shorter
        if index == len(self.x) == len(other.x):
            return None
        if index:
            return int(self.x[index - 1])
        return int(min([*self.x[:1], *other.x[:1]]))


_NOTHING = _Points(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.bool_))


@dataclass(frozen=True)
class Pen:
    """How a curve is drawn.

    role: what its characters stand for. stroke: the marker, or the single character, that its line is made of.
    mark: a character put on the curve here and there, empty for none; it tells curves apart without colour.
    """

    role: int
    stroke: str
    mark: str = ""


class Layer(ABC, Generic[Data]):
    """What is drawn of one curve, and kept from one drawing to the next.

    pen: how it is drawn.
    glyphs: shape (height, width) of the canvas, spaces where nothing is drawn; there once it was laid out.
    """

    glyphs: Glyphs

    def __init__(self, pen: Pen) -> None:
        self.pen = pen
        self._across, self._up = resolution(pen.stroke)
        self._drawn = _NOTHING

    @property
    @abstractmethod
    def columns(self) -> Columns:
        """The curve as it was followed, `_across` columns of points to one of the canvas."""

    @abstractmethod
    def goes_on_in(self, data: Data) -> bool:
        """Whether this is the curve it follows, grown or cut, and not another one."""

    @abstractmethod
    def follow(self, data: Data) -> None:
        """Take in the curve as it is by now."""

    def lay_out(self, x_start: int, x_end: int, width: int, height: int) -> None:  # noqa: ARG002
        """Begin an empty canvas of width × height cells for the positions x_start to x_end; `follow` fills it."""
        self.glyphs = np.full((height, width), " ", "<U1")
        self._drawn = _NOTHING

    def extent(self, *, positive: bool) -> tuple[float, float] | None:
        """The smallest and the largest value in sight, as `Columns.extent` has them."""
        return self.columns.extent(positive=positive)

    def draw(self, scale: Scale) -> bool:
        """Bring `glyphs` up to date with what was followed, from the first point on that moved; whether any did."""
        points = _points(self.columns, scale, self.glyphs.shape[0], self._up)
        changed = points.first_difference(self._drawn)
        self._drawn = points
        if changed is None:
            return False
        first = changed // self._across
        self.glyphs[:, first:] = " "
        self._draw_from(first, points)
        return True

    def _draw_from(self, first: int, points: _Points) -> None:
        """Draw the canvas columns from `first` on, which are empty.

        The drawing begins one point before, so that the line into column `first` is there.
        """
        cells = points.x // self._across
        begin = int(np.searchsorted(cells, first))
        if begin == len(cells):
            return
        if begin and points.joined[begin]:
            begin = int(np.searchsorted(points.x, points.x[begin - 1]))
        left, right = int(cells[begin]), int(cells[-1]) + 1
        drawn = draw_line(
            points.x[begin:] - left * self._across,
            points.y[begin:],
            [False, *points.joined[begin + 1 :]],
            right - left,
            self.glyphs.shape[0],
            self.pen.stroke,
        )
        self.glyphs[:, max(first, left) : right] = drawn[:, max(first - left, 0) :]


def _points(envelope: Columns, scale: Scale, rows: int, up: int) -> _Points:
    """The line through the envelope, with `up` points to a row.

    Each column goes from the end nearer to the column before it to the other one; equal ends make one point.
    """
    columns = np.flatnonzero(envelope.filled)
    low = steps_up(scale.fractions(envelope.low[columns]), rows, up)
    high = steps_up(scale.fractions(envelope.high[columns]), rows, up)
    low = np.where(np.isnan(low), high, low)  # only part of the column has a logarithm
    middle = low + high
    falls = np.zeros(len(columns), np.bool_)
    falls[1:] = middle[1:] < middle[:-1]
    ends = np.column_stack((np.where(falls, high, low), np.where(falls, low, high)))
    exists = ~np.isnan(ends)
    joined = exists.copy()
    joined[1:, 0] &= exists[:-1, 1]
    joined[:1, 0] = False
    exists[:, 1] &= ends[:, 0] != ends[:, 1]
    kept = exists.ravel()
    return _Points(np.repeat(columns, 2)[kept], ends.ravel()[kept].astype(np.int64), joined.ravel()[kept])
