"""One curve on the canvas of a chart, drawn column by column as its history grows."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tui.decimation import Envelope, Extremes, Values
from tui.plotting import Glyphs, draw_line, resolution
from tui.scales import Scale, steps_up


class CurveLayer:
    """The epochs x_start to x_end of one curve on a canvas of width × height cells.

    glyphs: shape (height, width), spaces where nothing is drawn.
    across: columns of the envelope per column of the canvas.
    """

    def __init__(self, extremes: Extremes, x_start: int, x_end: int, width: int, height: int, marker: str) -> None:
        self._marker = marker
        self._scale: Scale | None = None
        self.across, self._up = resolution(marker)
        self.envelope = Envelope(extremes, x_start, x_end, width * self.across)
        self._stale = width * self.across
        self.glyphs: Glyphs = np.full((height, width), " ", "<U1")

    def update(self, values: Values) -> None:
        """Take in what the history has grown by."""
        self._stale = min(self._stale, self.envelope.update(values))

    def draw(self, scale: Scale) -> None:
        """Bring `glyphs` up to date: all of them on a new scale, else those of the columns with new epochs."""
        width = self.glyphs.shape[1]
        if scale != self._scale:
            self._scale, self._stale = scale, 0
        first = self._stale // self.across
        self._stale = width * self.across
        if first < width:
            self.glyphs[:, first:] = " "
            self._draw_from(first, scale)

    def _draw_from(self, first: int, scale: Scale) -> None:
        """Draw the canvas columns from `first` on.

        What is drawn begins one point before, so that the line into column `first` is there.
        """
        x, y, joined = _points(self.envelope, scale, self.glyphs.shape[0], self._up)
        cells = x // self.across
        inside = int(np.searchsorted(cells, first))
        if inside == len(x):
            return
        begin = inside
        if inside and joined[inside]:
            begin = int(np.searchsorted(x, x[inside - 1]))
        left, right = int(cells[begin]), int(cells[-1]) + 1
        drawn = draw_line(
            (x[begin:] - left * self.across + 0.5).tolist(),
            (y[begin:] + 0.5).tolist(),
            [False, *joined[begin + 1 :].tolist()],
            right - left,
            self.glyphs.shape[0],
            self._marker,
        )
        self.glyphs[:, max(first, left) : right] = drawn[:, max(first - left, 0) :]


def _points(
    envelope: Envelope, scale: Scale, rows: int, up: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """The line through the envelope: its points' columns, their heights in `up` steps a row, and which are joined.

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
    return np.repeat(columns, 2)[kept], ends.ravel()[kept].astype(np.int64), joined.ravel()[kept]
