"""A tensor's values as a picture of cells: blue below zero, orange above, on one scale to either side."""

from __future__ import annotations

import math

import numpy as np

from lstm_engine.weight_history.layout import Values
from tui.board.drawing.gate_map import GateMap


def weight_map(tensor: Values, *, has_colour: bool, ascii_text: bool) -> GateMap:
    """A row of the tensor is one of the picture; a vector is one row. The scale ends at a round number."""
    values = np.atleast_2d(tensor).astype(np.float64)
    values = np.where(np.isfinite(values), values, np.nan)
    largest = float(np.nanmax(np.abs(values))) if np.isfinite(values).any() else 0.0
    limit = _rounded_up(largest)
    return GateMap(values, -limit, limit, deviates=True, has_colour=has_colour, ascii_text=ascii_text)


def _rounded_up(value: float) -> float:
    """To 1, 2 or 5 times a power of ten, so that the picture does not change with every epoch; 1 for 0."""
    if value <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in (1.0, 2.0, 5.0, 10.0) if step * power >= value)
