"""Where the steps of a run stand on an axis of steps, or of epochs."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tui.board.state.series import Series

#: Positions of an axis of epochs, an epoch.
PER_EPOCH = 1000
#: By so much a step may miss the middle between two positions, and still count as there.
_ROUNDING = 1e-6


@dataclass(frozen=True, eq=False)
class Ruler:
    """From steps to positions of the axis, and back. Positions are whole: steps, or thousandths of an epoch.

    by_epoch: the axis counts epochs. epochs: the completed epochs of the run, by step; at least one point for an axis
    of epochs. per_epoch: steps of an epoch, for what lies outside of them; at least 1.
    """

    by_epoch: bool = False
    epochs: Series = field(default_factory=Series)
    per_epoch: int = 1

    @property
    def unit(self) -> int:
        """Positions that one of the axis's labels takes."""
        return PER_EPOCH if self.by_epoch else 1

    def position(self, step: float) -> int:
        """Where a step stands."""
        if not self.by_epoch:
            return round(step)
        steps = self.epochs.steps
        outside = max(step - int(steps[-1]), 0) + min(step - int(steps[0]), 0)
        epoch = float(np.interp(step, steps, self.epochs.values)) + outside / self.per_epoch
        return math.floor(epoch * PER_EPOCH + 0.5 + _ROUNDING)

    def steps(self, positions: NDArray[np.int64]) -> NDArray[np.int64]:
        """The first step that stands at each of the positions, or behind it; same shape."""
        if not self.by_epoch:
            return positions
        epochs = (positions - 0.5) / PER_EPOCH
        known, at = self.epochs.values, self.epochs.steps
        steps = np.interp(epochs, known, at)
        steps += (np.maximum(epochs - known[-1], 0) + np.minimum(epochs - known[0], 0)) * self.per_epoch
        return np.ceil(steps - _ROUNDING).astype(np.int64)

    def step(self, position: int) -> int:
        """The last step that stands at a position or before it."""
        steps: list[int] = self.steps(np.array([position + 1])).tolist()
        return steps[0] - 1
