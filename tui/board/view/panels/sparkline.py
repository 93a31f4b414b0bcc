"""A curve in one line of text."""

from __future__ import annotations

import math
from collections.abc import Sequence

from tui.text.widths import flush_right

#: From the lowest to the highest.
BARS, ASCII_BARS = "▁▂▃▄▅▆▇█", "_.-=+*#@"


def sparkline(
    values: Sequence[float | None],
    width: int,
    *,
    ascii_text: bool = False,
    zero: bool = False,
    span: tuple[float, float] | None = None,
) -> str:
    """The newest `width` values, or all of them in `width` columns, lowest to highest; a gap is a space.

    zero: the lowest bar is zero. span: the values of the lowest and the highest bar; None for those that there are.
    """
    known = [value if value is not None and math.isfinite(value) else None for value in values]
    if len(known) > width:
        known = [known[len(known) * (column + 1) // width - 1] for column in range(width)]
    finite = [value for value in known if value is not None]
    if not finite or width <= 0:
        return " " * width
    low, high = span or ((0.0 if zero else min(finite)), max(finite))
    bars = ASCII_BARS if ascii_text else BARS
    line = "".join(" " if value is None else _bar(value, low, high, bars) for value in known)
    return flush_right(line, width)


def _bar(value: float, low: float, high: float, bars: str) -> str:
    if high <= low:
        return bars[len(bars) // 2] if value else bars[0]
    return bars[min(max(int((value - low) / (high - low) * len(bars)), 0), len(bars) - 1)]
