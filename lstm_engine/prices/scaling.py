"""Scaling: from prices or returns to numbers that a model learns well from, and back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from lstm_engine.prices.time_split import TimeSplit
from lstm_engine.prices.windows import Windows

ScaleKind = Literal["none", "z", "minmax"]

Values = NDArray[np.float64]
Tickers = NDArray[np.integer]


@dataclass(frozen=True, eq=False)
class Scaling:
    """For every ticker, scaled = (value - shift) / factor.

    shift, factor: shape (N,), read-only; factors are above 0.
    """

    kind: ScaleKind
    shift: Values
    factor: Values

    def __post_init__(self) -> None:
        self.shift.setflags(write=False)
        self.factor.setflags(write=False)

    def scaled(self, values: Values, ticker: Tickers) -> Values:
        """Values of windows, scaled. values: shape (B,) or (B, K). ticker: which each window is of, shape (B,)."""
        shift, factor = self._of(values, ticker)
        return (values - shift) / factor

    def unscaled(self, values: Values, ticker: Tickers) -> Values:
        """The inverse of `scaled`."""
        shift, factor = self._of(values, ticker)
        return values * factor + shift

    def _of(self, values: Values, ticker: Tickers) -> tuple[Values, Values]:
        shape = (-1,) + (1,) * (values.ndim - 1)
        return self.shift[ticker].reshape(shape), self.factor[ticker].reshape(shape)


def fitted_scaling(windows: Windows, split: TimeSplit, kind: ScaleKind = "z") -> Scaling:
    """A scaling that knows the days before the cut alone: all that go into training windows or are their targets.

    z: their mean becomes 0 and their standard deviation 1. minmax: their smallest value becomes 0, their largest 1.
    Where a ticker's values are all the same there, they become 0.
    """
    skipped = len(windows.table.dates) - len(windows.series)
    known = windows.series[: split.day - skipped]
    count = len(windows.table.tickers)
    if kind == "none":
        return Scaling(kind, np.zeros(count), np.ones(count))
    least, most = known.min(axis=0), known.max(axis=0)
    if kind == "z":
        shift, spread = known.mean(axis=0), known.std(axis=0)
    else:
        shift, spread = least, most - least
    same = (least == most) | (spread <= 0)  # a sum's last bit may make a spread where there is none
    return Scaling(kind, np.where(same, least, shift), np.where(same, 1.0, spread))
