"""The gates of a layer as pictures of cells: a row a unit, the most open one above, time to the right."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tui.drawing.cells import Cells, Role
from tui.drawing.heat import AROUND, DEVIATION, HEAT, SHADES, heat_cells, shades

Values = NDArray[np.float64]

#: From the least to the greatest, where there is no colour.
_LEVELS, _ASCII_LEVELS = "▁▂▃▄▅▆▇█", ".:-=+*#@"
#: What the ends of a scale are multiples of: of one that is wide, and of another.
_COARSE, _FINE, _WIDE = 0.05, 0.01, 0.2
_ROUNDING = 1e-9
#: Columns of a time step, and rows of a unit, at most.
_WIDEST_STEP, _TALLEST_UNIT = 4, 2


@dataclass(frozen=True, eq=False)
class GateMap:
    """What is drawn of one gate.

    values: shape (units, time steps), a row a unit; NaN for what is not finite. low, high: the ends of the scale.
    has_colour: the terminal has colours; else a character stands for a level, in ascii_text of ASCII.
    units: the number of each row's unit; empty where the rows are in their order.
    """

    values: Values
    low: float
    high: float
    deviates: bool
    has_colour: bool
    ascii_text: bool
    units: tuple[int, ...] = ()

    def cells(self, width: int, height: int) -> Cells:
        """As much as there is room for: a cell is a mean where that is less than there is."""
        means = means_of(means_of(self.values, height * self.units_a_row), width, axis=1)
        times = min(max(width // means.shape[1], 1), _WIDEST_STEP)
        _, repeats = self._together(height)
        return self._drawn(np.repeat(np.repeat(means, repeats, axis=0), times, axis=1))

    @property
    def units_a_row(self) -> int:
        """How many units a row of cells shows, each as high as it can be."""
        return 2 if self.has_colour else 1

    def line_of(self, unit: int, height: int) -> int:
        """Which line of `cells` shows the unit of that number."""
        together, repeats = self._together(height)
        return self.units.index(unit) // together * repeats // self.units_a_row

    def _together(self, height: int) -> tuple[int, int]:
        """How many units a row of numbers is the mean of, and how many such rows a unit has."""
        rows = height * self.units_a_row
        together = -(-len(self.values) // max(rows, 1))
        shown = -(-len(self.values) // together)
        return together, min(max(rows // shown, 1), _TALLEST_UNIT)

    def scale(self, width: int) -> Cells:
        """The scale from its low end to its high one, in one row."""
        values = np.linspace(self.low, self.high, width)[None, :]
        return self._drawn(np.repeat(values, self.units_a_row, axis=0))

    def _drawn(self, values: Values) -> Cells:
        count = AROUND if self.deviates else SHADES
        found = shades(values, self.low, self.high, count)
        if self.has_colour:
            return heat_cells(found, DEVIATION if self.deviates else HEAT)
        glyphs = _ASCII_LEVELS if self.ascii_text else _LEVELS
        levels = [glyphs[shade * len(glyphs) // count] if shade < count else " " for shade in range(SHADES + 1)]
        return Cells(np.array(levels, "<U1")[found], np.full(found.shape, Role.CURVE, np.uint16))


def gate_map(values: Values, *, deviates: bool, has_colour: bool, ascii_text: bool) -> GateMap:
    """The map of a gate's values of shape (time steps, units).

    deviates: of what each unit deviates from its own mean. The ends of the scale are round, and units whose means can
    hardly be told apart stay in their order: else all of it would change with every validation.
    """
    known = np.isfinite(values)
    means = np.where(known, values, 0.0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    low, high = _round_ends(values)
    steps = np.round((means - low) / (high - low) * SHADES)
    order = np.argsort(np.where(known.any(axis=0), -steps, np.inf), kind="stable")
    rows = np.where(known, values, np.nan).T[order]
    if deviates:
        rows = rows - means[order, None]
        limit = max(map(abs, _round_ends(rows)))
        low, high = -limit, limit
    return GateMap(rows, low, high, deviates, has_colour, ascii_text, tuple(order.tolist()))


def _round_ends(values: Values) -> tuple[float, float]:
    """Round numbers around the values; 0 and 1 where none is finite."""
    finite = values[np.isfinite(values)]
    if not len(finite):
        return 0.0, 1.0
    low, high = float(finite.min()), float(finite.max())
    unit = _COARSE if high - low > _WIDE else _FINE
    low, high = math.floor(low / unit + _ROUNDING) * unit, math.ceil(high / unit - _ROUNDING) * unit
    return (low, high) if high > low else (low, low + unit)


def means_of(values: Values, most: int, axis: int = 0) -> Values:
    """Means of so many neighbours that there are at most `most` of them; along the rows or the columns."""
    size = values.shape[axis]
    together = -(-size // max(most, 1))
    if together == 1:
        return values
    begins = np.arange(0, size, together)
    counts = np.diff(np.append(begins, size))
    sums = np.add.reduceat(values, begins, axis=axis)
    return sums / (counts[:, None] if axis == 0 else counts)
