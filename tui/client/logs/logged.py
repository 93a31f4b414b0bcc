"""Values of a log as the events that a board takes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lstm_engine.script.vocabulary.log_events import Logged


def logged(name: str, steps: NDArray[np.int64], values: NDArray[np.float64], at: float = 0.0) -> Logged:
    """Values of one metric; what is not finite is None. Shapes (values,)."""
    found: list[float | None] = values.tolist()
    for index in np.flatnonzero(~np.isfinite(values)).tolist():
        found[index] = None
    return Logged(name=name, step=steps.tolist(), value=found, at=at)
