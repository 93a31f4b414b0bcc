"""The last losses of members, by size: humps that a fan of quantiles hides."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tui.text.pieces import Piece
from tui.text.widths import flush_left, flush_right

_LABEL, _COUNT = 16, 7
#: Steps of a power of ten.
_STEPS = (1, 2, 4)


def histogram_lines(losses: NDArray[np.float32], width: int, height: int, *, ascii_text: bool) -> list[list[Piece]]:
    """A line a range of losses, the largest above; what is not finite has its own.

    width: of a line. height: how many lines there may be; ranges are as narrow as that allows.
    """
    known = losses[np.isfinite(losses) & (losses > 0)].astype(np.float64)
    rest = len(losses) - len(known)
    if not len(known):
        return []
    logs = np.log10(known)
    step = next((step for step in reversed(_STEPS) if _bins(logs, step) + bool(rest) <= height), _STEPS[0])
    first = np.floor(logs.min() * step)
    numbers = np.floor(logs * step) - first
    counts = np.bincount(numbers.astype(np.int64))
    rows = [
        (f"{_power((first + bin_) / step)} – {_power((first + bin_ + 1) / step)}", int(count))
        for bin_, count in enumerate(counts)
    ]
    if rest:
        rows.append(("no number", rest))
    most = max(count for _, count in rows)
    room = max(width - _LABEL - _COUNT - 2, 1)
    return [_line(label, count, most, room, ascii_text=ascii_text) for label, count in reversed(rows)][:height]


def _line(label: str, count: int, most: int, room: int, *, ascii_text: bool) -> list[Piece]:
    # A single member is to be seen, too.
    eighths = max(round(count / most * room * 8), 1) if count else 0
    full, part = divmod(eighths, 8)
    bar = "#" * max(full, bool(eighths)) if ascii_text else "█" * full + " ▏▎▍▌▋▊▉"[part] * bool(part)
    label = label.replace("–", "-") if ascii_text else label
    counted = flush_right(f"{count:,}" if count else "", _COUNT)
    return [(f" {flush_left(label, _LABEL)}", "$quiet"), (counted, ""), (f" {flush_left(bar, room)}", "$text-primary")]


def _bins(logs: NDArray[np.float64], step: int) -> int:
    return int(np.floor(logs.max() * step) - np.floor(logs.min() * step)) + 1


def _power(log: float) -> str:
    return f"{10**log:.0e}".replace("e-0", "e-").replace("e+00", "").replace("e+0", "e")
