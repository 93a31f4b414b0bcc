"""The last losses of members, by size: humps that a fan of quantiles hides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tui.sweep.cursor_glyph import cursor_glyph
from tui.text.pieces import Piece
from tui.text.widths import flush_left, flush_right

_LABEL, _COUNT = 16, 7
#: Steps of a power of ten.
_STEPS = (1, 2, 4)


class Bin(NamedTuple):
    """A range of losses. label: what it is called. members: the numbers of those in it, rising."""

    label: str
    members: NDArray[np.int64]


def bins(losses: NDArray[np.float32], height: int) -> list[Bin]:
    """The ranges that these losses lie in, the largest first; what is not finite has its own, the first.

    height: how many there may be; they are as narrow as that allows.
    """
    is_known = np.isfinite(losses) & (losses > 0)
    known, rest = np.flatnonzero(is_known), np.flatnonzero(~is_known)
    if not len(known):
        return []
    logs = np.log10(losses[known].astype(np.float64))
    step = next((step for step in reversed(_STEPS) if _count(logs, step) + bool(len(rest)) <= height), _STEPS[0])
    first = np.floor(logs.min() * step)
    numbers = (np.floor(logs * step) - first).astype(np.int64)
    by_number = np.split(known[np.argsort(numbers, kind="stable")], np.cumsum(np.bincount(numbers))[:-1])
    found = [
        Bin(f"{_power((first + number) / step)} – {_power((first + number + 1) / step)}", members)
        for number, members in enumerate(by_number)
    ]
    if len(rest):
        found.append(Bin("no number", rest))
    return found[::-1][:height]


def histogram_lines(found: Sequence[Bin], width: int, chosen: int | None, *, ascii_text: bool) -> list[list[Piece]]:
    """A line a range. width: of a line. chosen: the number of the one that the cursor is on; None for none."""
    most = max((len(bin_.members) for bin_ in found), default=0)
    room = max(width - _LABEL - _COUNT - 2, 1)
    return [
        _line(bin_.label, len(bin_.members), most, room, is_chosen=number == chosen, ascii_text=ascii_text)
        for number, bin_ in enumerate(found)
    ]


def _line(label: str, count: int, most: int, room: int, *, is_chosen: bool, ascii_text: bool) -> list[Piece]:
    # A single member is to be seen, too.
    eighths = max(round(count / most * room * 8), 1) if count else 0
    full, part = divmod(eighths, 8)
    bar = "#" * max(full, bool(eighths)) if ascii_text else "█" * full + " ▏▎▍▌▋▊▉"[part] * bool(part)
    label = label.replace("–", "-") if ascii_text else label
    counted = flush_right(f"{count:,}" if count else "", _COUNT)
    quiet, plain, bright = ("bold $accent",) * 3 if is_chosen else ("$quiet", "", "$text-primary")
    glyph = cursor_glyph(is_chosen, ascii_text=ascii_text)
    return [(f"{glyph}{flush_left(label, _LABEL)}", quiet), (counted, plain), (f" {flush_left(bar, room)}", bright)]


def _count(logs: NDArray[np.float64], step: int) -> int:
    return int(np.floor(logs.max() * step) - np.floor(logs.min() * step)) + 1


def _power(log: float) -> str:
    return f"{10**log:.0e}".replace("e-0", "e-").replace("e+00", "").replace("e+0", "e")
