"""A history column of any length, reduced to one (minimum, maximum) pair per chart column.

Extremes survive, means don't: a single spike in a million epochs stays on screen. Appending k epochs costs
O(k + chart columns) whatever the history's length, because minima and maxima are kept of every `BLOCK` epochs, and
only those chart columns are worked out again that the new epochs fall into.

Values that are not finite are gaps (NaN).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float32]
Indices = NDArray[np.int64]

#: Epochs per block: at a million epochs and 220 columns, a column takes about as many blocks as single epochs.
BLOCK = 64


def column_of(epoch: int, x_start: int, x_end: int, columns: int) -> int:
    """The chart column an epoch falls into: `x_start` into the first, `x_end` into the last, rounded in between."""
    span = max(x_end - x_start, 1)
    return (2 * (epoch - x_start) * (columns - 1) + span) // (2 * span)


def column_edges(x_start: int, x_end: int, columns: int) -> Indices:
    """The first epoch of each column, and one past the last epoch at the end; shape (columns + 1,).

    Column c holds the epochs edges[c] to edges[c + 1] - 1: those for which `column_of` is c. With fewer epochs than
    columns some columns hold none.
    """
    span = max(x_end - x_start, 1)
    edges = np.empty(columns + 1, np.int64)
    inner = np.arange(1, columns, dtype=np.int64)
    edges[1:-1] = x_start - (-(2 * inner - 1) * span // (2 * max(columns - 1, 1)))  # ceiling division
    edges[0], edges[-1] = x_start, x_end + 1
    return edges


class Extremes:
    """Minima and maxima of each complete block of one growing history column."""

    def __init__(self) -> None:
        self._blocks = 0
        self._low: Values = np.empty(0, np.float32)
        self._high: Values = np.empty(0, np.float32)

    def follow(self, values: Values) -> None:
        """Take in what `values` (shape (epochs,), epoch 0 first) has grown by since the last call; may have shrunk."""
        blocks = len(values) // BLOCK
        if blocks > self._blocks:
            self._reserve(blocks)
            fresh = _finite(values[self._blocks * BLOCK : blocks * BLOCK]).reshape(-1, BLOCK)
            np.fmin.reduce(fresh, axis=1, out=self._low[self._blocks : blocks])
            np.fmax.reduce(fresh, axis=1, out=self._high[self._blocks : blocks])
        self._blocks = blocks

    def between(self, values: Values, edges: Indices) -> tuple[Values, Values]:
        """Minimum and maximum of epochs edges[i] to edges[i + 1] - 1 for each i; NaN where there is no finite value.

        `values` is what was last followed; edges ascend, shape (n + 1,); the result has shapes (n,), (n,).
        """
        clipped = np.minimum(edges, len(values))
        starts, stops = clipped[:-1], clipped[1:]
        first = -(-starts // BLOCK)
        last = np.maximum(np.minimum(stops // BLOCK, self._blocks), first)
        head_stops = np.minimum(first * BLOCK, stops)
        tail_starts = np.clip(last * BLOCK, head_stops, stops)
        head = _spans(values, values, starts, head_stops)
        body = _spans(self._low, self._high, first, last)
        tail = _spans(values, values, tail_starts, stops)
        low = np.fmin(np.fmin(head[0], body[0]), tail[0])
        high = np.fmax(np.fmax(head[1], body[1]), tail[1])
        return low, high

    def _reserve(self, blocks: int) -> None:
        if blocks > len(self._low):
            room = max(blocks, 2 * len(self._low), 64)
            low, high = np.empty(room, np.float32), np.empty(room, np.float32)
            low[: self._blocks] = self._low[: self._blocks]
            high[: self._blocks] = self._high[: self._blocks]
            self._low, self._high = low, high


class Envelope:
    """The epochs x_start to x_end of a growing history as (minimum, maximum) per column of a chart.

    low, high: shape (columns,); NaN where a column has no finite value.
    filled: shape (columns,), True where a column holds an epoch that has happened: a filled column without a value is
        a gap in the curve, an unfilled one is not.
    edges: as `column_edges` has them.
    """

    def __init__(self, extremes: Extremes, x_start: int, x_end: int, columns: int) -> None:
        self._extremes = extremes
        self.edges = column_edges(x_start, x_end, columns)
        self._length = 0
        self.low: Values = np.full(columns, np.nan, np.float32)
        self.high: Values = np.full(columns, np.nan, np.float32)
        self.filled: NDArray[np.bool_] = np.zeros(columns, np.bool_)

    def update(self, values: Values) -> None:
        """Bring the columns up to `values`, shape (epochs,), epoch 0 first.

        Work is done for the columns of the new epochs alone. Epochs seen before must be the same as before; where
        there are fewer of them now, the columns from the first missing one on are worked out again.
        """
        before, self._length = self._length, len(values)
        if self._length == before:
            return
        self._extremes.follow(values)
        columns = len(self.low)
        begin = int(np.searchsorted(self.edges[1:], min(before, self._length), side="right"))
        end = columns if self._length < before else int(np.searchsorted(self.edges[:-1], self._length))
        if begin < end:
            edges = self.edges[begin : end + 1]
            self.low[begin:end], self.high[begin:end] = self._extremes.between(values, edges)
            self.filled[begin:end] = np.minimum(edges[1:], self._length) > edges[:-1]

    def extent(self, *, positive: bool = False) -> tuple[float, float] | None:
        """The smallest and the largest value in sight, None where there is none; of the positive ones if asked so.

        Of a column with values on both sides of zero, only the largest one is known to be positive.
        """
        low = np.where(self.low > 0, self.low, self.high) if positive else self.low
        known = low > 0 if positive else ~np.isnan(low)
        if not known.any():
            return None
        return float(low[known].min()), float(self.high[known].max())


def _finite(values: Values) -> Values:
    """The values with NaN in place of infinities."""
    return np.where(np.isfinite(values), values, np.float32(np.nan))


def _spans(low: Values, high: Values, starts: Indices, stops: Indices) -> tuple[Values, Values]:
    """Minimum of `low` and maximum of `high` over [start, stop) of each span; NaN for an empty span."""
    lengths = stops - starts
    offsets = np.cumsum(lengths) - lengths
    taken = np.arange(int(lengths.sum())) + np.repeat(starts - offsets, lengths)
    filled = lengths > 0
    lowest = np.full(len(starts), np.nan, np.float32)
    highest = lowest.copy()
    if filled.any():
        lowest[filled] = np.fmin.reduceat(_finite(low[taken]), offsets[filled])
        highest[filled] = np.fmax.reduceat(_finite(high[taken]), offsets[filled])
    return lowest, highest
