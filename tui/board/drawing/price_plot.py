"""What the chart of a ticker's prices shows, as frozen data."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Prices = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class PricePlot:
    """One ticker's prices by date.

    dates: of all days, those ahead among them, shape (D + horizon,). observed: shape (D,).
    predicted: of the last M days, which are held out, each made on the day before; shape (M,). What is not finite is
    a gap. ahead: of the days behind the last; shape (horizon,).
    first: the first day in sight, a row below D.
    """

    dates: NDArray[np.datetime64]
    observed: Prices
    predicted: Prices
    ahead: Prices
    first: int = 0

    @property
    def cut(self) -> int:
        """The first day that is held out."""
        return len(self.observed) - len(self.predicted)
