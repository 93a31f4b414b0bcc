"""Numbers as shades of a colour: half blocks, two rows of numbers a row of cells."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from tui.drawing.cells import Cells

Shades = NDArray[np.int64]

#: How many shades there are; more would change with every number that moves a little, and cost a terminal its bytes.
#: Around a middle there is one less, so that the middle has one.
SHADES, AROUND = 16, 15
#: The shade of what is no number.
NOTHING = SHADES
#: From where on a role of `Cells` stands for two shades, the upper and the lower one of a cell: from little to much,
#: and from below a middle to above it.
HEAT, DEVIATION = 256, 1024
_UPPER, _LOWER = "▀", "▄"
#: By kind and ground, the colours that the shades lie between, evenly.
_ANCHORS = {
    (HEAT, True): ("#1c1b33", "#4a2a6b", "#8f3a72", "#d0586a", "#f0934f", "#fbd878"),
    (HEAT, False): ("#f7efcf", "#f0c46a", "#dd7f52", "#b34a63", "#702f70", "#2a1a4f"),
    (DEVIATION, True): ("#6bb8ff", "#2f6cb5", "#20263a", "#b0672a", "#ffb35c"),
    (DEVIATION, False): ("#1656b0", "#7fa9e0", "#eceef4", "#dfa066", "#9a4a00"),
}


def shades(values: NDArray[np.float64], low: float, high: float, count: int = SHADES) -> Shades:
    """The shade of each value from low to high, low < high, of so many; same shape."""
    known = np.isfinite(values)
    shares = (np.where(known, values, low) - low) / (high - low)
    return np.where(known, np.clip((shares * count).astype(np.int64), 0, count - 1), NOTHING)


def heat_cells(rows: Shades, kind: int = HEAT) -> Cells:
    """Shades of shape (rows, columns), two rows in one of cells. kind: HEAT or DEVIATION."""
    if len(rows) % 2:
        rows = np.vstack((rows, np.full((1, rows.shape[1]), NOTHING)))
    upper, lower = rows[::2], rows[1::2]
    glyphs = np.where(upper == lower, " ", np.where(upper == NOTHING, _LOWER, _UPPER))
    return Cells(glyphs.astype("<U1"), (kind + upper * (NOTHING + 1) + lower).astype(np.uint16))


def is_heat(role: int) -> bool:
    """Whether a role stands for two shades."""
    return role >= HEAT


@cache
def heat_colours(role: int, *, is_dark: bool) -> tuple[str | None, str | None]:
    """The colours of a cell's character and of its ground; None for that of what lies below."""
    kind = DEVIATION if role >= DEVIATION else HEAT
    upper, lower = divmod(role - kind, NOTHING + 1)
    if upper == lower:
        return None, _colour(kind, upper, is_dark=is_dark)
    if upper == NOTHING:
        return _colour(kind, lower, is_dark=is_dark), None
    return _colour(kind, upper, is_dark=is_dark), _colour(kind, lower, is_dark=is_dark)


def _colour(kind: int, shade: int, *, is_dark: bool) -> str | None:
    if shade == NOTHING:
        return None
    anchors = np.array([[int(each[at : at + 2], 16) for at in (1, 3, 5)] for each in _ANCHORS[kind, is_dark]])
    place = shade * (len(anchors) - 1) / ((AROUND if kind == DEVIATION else SHADES) - 1)
    mixed = [round(float(np.interp(place, np.arange(len(anchors)), anchors[:, part]))) for part in range(3)]
    return "#" + "".join(f"{part:02x}" for part in mixed)
