"""Exponential smoothing of a metric that grows, as TensorBoard does it: corrected for its beginning."""

from __future__ import annotations

import numpy as np

from tui.board.state.series import Series, Values

#: Points that are worked out at a time.
_BLOCK = 128
#: Points after which no weight in use leaves anything of the beginning.
_FADED = 1e4


class Smoothed:
    """What is left of a series' values when each is averaged with those before it. Appending k points costs O(k).

    weight: of what was before, 0 to 1 (without 1).
    """

    def __init__(self, weight: float) -> None:
        self.weight = weight
        steps = np.arange(_BLOCK)
        # What each point of a block gives to those from it on, and what is left of the block before at each of them.
        powers = np.triu(np.power(weight, (steps[None, :] - steps[:, None]).clip(0).astype(np.float64)))
        self._given: Values = powers * (1 - weight)
        self._left: Values = np.power(weight, steps + 1.0)
        self._values: Values = np.empty(0)
        self._length = 0
        self._last = (0, 0.0)
        self._sum = 0.0
        self._count = 0

    def values(self, series: Series) -> Values:
        """Shape (length,); NaN where the series has it. Another series than the last one begins anew."""
        if not self._goes_on_in(series):
            self._length, self._sum, self._count = 0, 0.0, 0
        self._reserve(len(series))
        if len(series) > self._length:
            self._values[self._length : len(series)] = self._of(series.values[self._length :])
        self._length = len(series)
        self._last = (series.last_step, float(series.values[-1]) if len(series) else 0.0)
        return self._values[: self._length]

    def _goes_on_in(self, series: Series) -> bool:
        if not self._length:
            return True
        if len(series) < self._length:
            return False
        step, value = self._last
        there = float(series.values[self._length - 1])
        return int(series.steps[self._length - 1]) == step and (there == value or bool(np.isnan([there, value]).all()))

    def _of(self, values: Values) -> Values:
        """What new values are smoothed to."""
        known = ~np.isnan(values)
        count = int(known.sum())
        smoothed = np.full(len(values), np.nan)
        if count:
            blocks = np.zeros((-(-count // _BLOCK), _BLOCK))
            blocks.ravel()[:count] = values[known]
            blocks = blocks @ self._given
            for block in blocks:
                block += self._left * self._sum
                self._sum = block[-1]
            sums = blocks.ravel()[:count]
            self._sum = float(sums[-1])
            numbers = np.minimum(self._count + 1.0 + np.arange(count), _FADED)  # beyond, the correction is none
            smoothed[known] = sums / (1 - np.power(self.weight, numbers))
            self._count += count
        return smoothed

    def _reserve(self, length: int) -> None:
        if length > len(self._values):
            room = np.empty(max(length, len(self._values) * 3 // 2, 1024))
            room[: self._length] = self._values[: self._length]
            self._values = room
