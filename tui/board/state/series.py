"""The values of one metric, by step: immutable, and cheap to append to however long it is."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Steps = NDArray[np.int64]
Values = NDArray[np.float64]

#: Rows that a new buffer has room for.
_ROOM = 64


@dataclass
class _Buffer:
    """Storage that several series share, as long as each of them only appends where the other ended."""

    steps: Steps
    values: Values
    used: int

    @classmethod
    def of_size(cls, size: int) -> _Buffer:
        return cls(np.empty(size, np.int64), np.empty(size, np.float64), 0)


@dataclass(frozen=True, eq=False)
class Series:
    """Points of ascending step; what is not finite is NaN.

    Appending is amortised O(1) a point: the points live in a shared buffer that grows by half, and a series is a view
    of its beginning. lowest, highest: where the least and the greatest value are, -1 where none is finite.
    """

    length: int = 0
    lowest: int = -1
    highest: int = -1
    _buffer: _Buffer = field(default_factory=lambda: _Buffer.of_size(0), repr=False)

    def __len__(self) -> int:
        return self.length

    @property
    def steps(self) -> Steps:
        """Shape (length,). Not to be written to."""
        return self._buffer.steps[: self.length]

    @property
    def values(self) -> Values:
        """Shape (length,). Not to be written to."""
        return self._buffer.values[: self.length]

    @property
    def last_step(self) -> int:
        """The newest point's step, -1 where there is none."""
        return int(self.steps[-1]) if self.length else -1

    def extended(self, steps: list[int] | Steps, values: list[float | None] | Values) -> Series:
        """This series with more points; those of an earlier step are put where they belong. None is NaN."""
        more, at = np.asarray(values, np.float64), np.asarray(steps, np.int64)
        if not len(at):
            return self
        more = np.where(np.isfinite(more), more, np.nan)
        if (np.diff(at) < 0).any():
            order = np.argsort(at, kind="stable")
            at, more = at[order], more[order]
        if at[0] < self.last_step:
            return self._merged(at, more)
        return self._appended(at, more)

    def truncated(self, step: int) -> Series:
        """The points up to a step alone."""
        length = int(np.searchsorted(self.steps, step, side="right"))
        if length == self.length:
            return self
        return Series(length, *_extremes(self.values[:length], 0), self._buffer)

    def index_at(self, step: float) -> int:
        """Which point is the newest one of that step or before; -1 where none is."""
        return int(np.searchsorted(self.steps, step, side="right")) - 1

    def _merged(self, steps: Steps, values: Values) -> Series:
        begin = int(np.searchsorted(self.steps, steps[0], side="right"))
        at = np.concatenate((self.steps[begin:], steps))
        order = np.argsort(at, kind="stable")
        kept = Series(begin, *_extremes(self.values[:begin], 0), self._buffer)
        return kept._appended(at[order], np.concatenate((self.values[begin:], values))[order])

    def _appended(self, steps: Steps, values: Values) -> Series:
        buffer, length = self._buffer, self.length + len(steps)
        if buffer.used != self.length or len(buffer.steps) < length:
            room = _Buffer.of_size(max(length, self.length * 3 // 2, _ROOM))
            room.steps[: self.length], room.values[: self.length] = self.steps, self.values
            buffer = room
        buffer.steps[self.length : length], buffer.values[self.length : length] = steps, values
        buffer.used = length
        lowest, highest = _extremes(values, self.length)
        if self.lowest >= 0 and (lowest < 0 or self.values[self.lowest] <= buffer.values[lowest]):
            lowest = self.lowest
        if self.highest >= 0 and (highest < 0 or self.values[self.highest] >= buffer.values[highest]):
            highest = self.highest
        return Series(length, lowest, highest, buffer)


def _extremes(values: Values, offset: int) -> tuple[int, int]:
    """Where the least and the greatest are, counted from `offset`; -1 for none."""
    if not len(values) or np.isnan(values).all():
        return -1, -1
    return offset + int(np.nanargmin(values)), offset + int(np.nanargmax(values))
