"""Axes: which range they show and where their ticks are, labelled as people write numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

#: Least rows of a chart for each tick of its value axis, least columns for each of its epoch axis.
ROWS_PER_TICK = 3
COLUMNS_PER_TICK = 10
#: The ends of a value axis are rounded more finely than its ticks, so that a dip just below zero costs no third of it.
UNITS_PER_TICK = 5
#: The narrowest axis, as a share of the values on it: a curve that is flat to the eye shall look flat.
LEAST_RANGE = 1e-3
#: The share of a step by which a value may miss a round number and still count as that.
ROUNDING = 1e-6


@dataclass(frozen=True)
class Scale:
    """A value axis.

    low, high: the values at the middle of the bottom row and of the top row; log10 of them where `log`.
    ticks: (fraction of the way from low to high, label), ascending.
    """

    low: float
    high: float
    log: bool
    ticks: tuple[tuple[float, str], ...]

    def fractions(self, values: NDArray[np.float32] | NDArray[np.float64]) -> NDArray[np.float64]:
        """How far up the axis each value stands, 0 to 1 inside it; NaN for what it cannot show."""
        numbers = np.asarray(values, np.float64)
        if self.log:
            numbers = np.log10(numbers, out=np.full(numbers.shape, np.nan), where=numbers > 0)
        return (numbers - self.low) / (self.high - self.low)


def steps_up(fractions: NDArray[np.float64], rows: int, steps: int = 1) -> NDArray[np.float64]:
    """Where fractions of a scale stand on `rows` rows of `steps` steps each: whole steps above the bottom edge.

    0 and 1 stand at the middle of the outer rows; what is outside the scale, at the edges; NaN stays NaN.
    """
    return np.clip(np.floor(steps / 2 + fractions * (rows - 1) * steps), 0, rows * steps - 1)


def value_scale(low: float, high: float, rows: int, *, log: bool = False, grown_from: Scale | None = None) -> Scale:
    """The axis, with round ends, on which `rows` rows show the values from low to high (finite).

    With `grown_from`, an axis of the same kind, the new one shows everything that one did, and is that very one where
    nothing more has to fit: so a chart's axis does not move with every new value.
    On a logarithmic axis, low is taken as the smallest positive value to show.
    """
    if log:
        floor = math.log10(low) if low > 0 else math.log10(high) - 1 if high > 0 else -1.0
        low, high = floor, math.log10(high) if high > 0 else 0.0
    if grown_from is not None:
        slack = ROUNDING * (grown_from.high - grown_from.low)
        if grown_from.low - slack <= low and high <= grown_from.high + slack:
            return grown_from
        low, high = min(low, grown_from.low), max(high, grown_from.high)
    return _powers(low, high, rows) if log else _linear(low, high, rows)


def epoch_ticks(
    x_start: int, x_end: int, columns: int, spacing: int = COLUMNS_PER_TICK
) -> tuple[tuple[int, str], ...]:
    """Round epochs from x_start to x_end with their labels, at least about `spacing` of `columns` columns apart."""
    wanted = (x_end - x_start) / max(columns / spacing, 1)
    step = round(_round_step(max(wanted, 1), (1, 2, 5, 10)))
    first = -(-x_start // step) * step
    return tuple((epoch, _epoch_label(epoch, x_end)) for epoch in range(first, x_end + 1, step))


def _linear(low: float, high: float, rows: int) -> Scale:
    low, high = _with_room(low, high)
    step = _round_step((high - low) / max(rows // ROWS_PER_TICK, 1))
    unit = step / UNITS_PER_TICK
    low, high = math.floor(low / unit + ROUNDING) * unit, math.ceil(high / unit - ROUNDING) * unit
    ticks = _multiples(low, high, step)
    while len(ticks) < 2:
        step = _round_step(step / 2)
        ticks = _multiples(low, high, step)
    span = high - low
    return Scale(low, high, False, tuple(((n * step - low) / span, _value_label(n * step, step)) for n in ticks))


def _multiples(low: float, high: float, step: float) -> range:
    """The whole numbers n for which n steps are between low and high."""
    return range(math.ceil(low / step - ROUNDING), math.floor(high / step + ROUNDING) + 1)


def _with_room(low: float, high: float) -> tuple[float, float]:
    """The range, never empty, and from zero where zero is near enough to be worth showing."""
    if 0 <= low <= high / 2:
        low = 0.0
    elif low / 2 <= high <= 0 and low < 0:
        high = 0.0
    least = max(abs(low), abs(high)) * LEAST_RANGE
    if high - low < least:
        return low - least, high + least
    return (low, high) if high > low else (0.0, 1.0)


def _powers(low: float, high: float, rows: int) -> Scale:
    """The logarithmic axis from 1, 2 or 5 times a power of ten to another; low, high: log10 of the values."""
    first = _log_marks(low - 1, low)[-1]
    last = next(mark for mark in _log_marks(high, high + 1) if mark[0] > first[0])
    room = max(rows // ROWS_PER_TICK, 1)
    marks = _log_marks(first[0], last[0])
    decades = [mark for mark in marks if mark[2] == 1]
    step = -(-len(decades) // (room + 1))
    shown = [mark for mark in decades if mark[1] % step == 0] if step else []
    if len(marks) <= room + 1:
        shown = marks
    elif len(shown) < 2:
        shown = [first, last]
    span = last[0] - first[0]
    ticks = tuple(((at - first[0]) / span, _power_label(factor, exponent)) for at, exponent, factor in shown)
    return Scale(first[0], last[0], True, ticks)


def _log_marks(low: float, high: float) -> list[tuple[float, int, int]]:
    """The values factor × 10 ** exponent in a range, factor 1, 2 or 5: (log10 of the value, exponent, factor)."""
    exponents = range(math.floor(low), math.floor(high) + 1)
    marks = [(exponent + math.log10(factor), exponent, factor) for exponent in exponents for factor in (1, 2, 5)]
    return [mark for mark in marks if low - ROUNDING <= mark[0] <= high + ROUNDING]


def _round_step(least: float, factors: tuple[float, ...] = (1, 2, 2.5, 5, 10)) -> float:
    """The smallest of the factors times a power of ten that is no less."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(factor * power for factor in factors if factor * power >= least * (1 - ROUNDING))


def _value_label(value: float, step: float) -> str:
    """The value, a multiple of `step`, with as many digits as tell it from its neighbours."""
    if abs(value) < step / 2:
        value = 0.0
    decimals = -math.floor(math.log10(step) + ROUNDING)
    if not math.isclose(step * 10.0**decimals, round(step * 10.0**decimals), rel_tol=ROUNDING):
        decimals += 1  # a step of 2.5
    if value and (abs(value) >= 1e5 or step < 1e-4):
        digits = max(decimals + math.floor(math.log10(abs(value))) + 1, 1)
        mantissa, _, exponent = f"{value:.{digits}g}".partition("e")
        return f"{mantissa}e{int(exponent)}" if exponent else mantissa
    return f"{value:.{max(decimals, 0)}f}" if step >= 1e-4 else "0"


def _power_label(factor: int, exponent: int) -> str:
    if -2 <= exponent <= 3:
        return f"{factor * 10.0**exponent:.{max(0, -exponent)}f}"
    return f"{factor}e{exponent}"


def _epoch_label(epoch: int, x_end: int) -> str:
    if x_end >= 100_000:
        if epoch >= 1_000_000 and epoch % 1_000 == 0:
            return f"{epoch / 1_000_000:.6g}M"
        if epoch >= 1_000 and epoch % 1_000 == 0:
            return f"{epoch // 1_000}k"
    return str(epoch)
