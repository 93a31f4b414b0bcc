"""What the gates of a layer do on a sequence, in a line of words. Pure."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tui.text.numbers import counted
from tui.text.pieces import fitted
from tui.text.widths import cut

Values = NDArray[np.float64]

#: The mean deviation of a unit from its own mean below which gates hardly react to the days, and below which a little.
HARDLY, LITTLE = 0.02, 0.08
#: What counts as open, and as shut.
OPEN, SHUT = 0.9, 0.1
#: The one that is no gate, by its name: it has a sign.
CANDIDATE = "candidate"


def gate_words(name: str, values: Values, room: int) -> str:
    """What a gate of that name does, in `room` cells. values: shape (time steps, units)."""
    low_high, units = range_words(values), counted(values.shape[1], "unit")
    reaction, short = _reaction(values)
    forms = [
        [units, low_high, reaction],
        [low_high, reaction],
        [units, low_high, short],
        [low_high, short],
        [low_high],
    ]
    texts = [f"{name}: {', '.join(part for part in form if part)}" for form in forms]
    return next((text for text in texts if len(text) <= room), cut(texts[-1], room))


def share_words(name: str, values: Values, room: int) -> str:
    """How many of the values are open and shut, in `room` cells; of the candidate, how many are large and small."""
    known = values[np.isfinite(values)]
    if not len(known):
        return ""
    if name == CANDIDATE:
        known, words = np.abs(known), ("beyond ±0.9", "within ±0.1")
    else:
        words = ("open", "shut")
    shares = (float((known > OPEN).mean()), float((known < SHUT).mean()))
    return fitted([f"{word} {share:.0%}" for word, share in zip(words, shares, strict=True)], room, ", ")


def range_words(values: Values) -> str:
    """From the least value to the greatest."""
    known = values[np.isfinite(values)]
    if not len(known):
        return "not finite"
    low, high = float(known.min()), float(known.max())
    return f"{low:.2f}–{high:.2f}" if low >= 0 else f"{signed(low)} to {signed(high)}"


def signed(value: float) -> str:
    """With two decimals, and a real minus sign."""
    return f"{value:.2f}".replace("-", "−") if round(value, 2) else "0.00"


def _reaction(values: Values) -> tuple[str, str]:
    """How much units change over the days, in a long and in a short form; empty where there is nothing to compare."""
    if len(values) < 2 or not np.isfinite(values).all():
        return "", ""
    deviation = float(values.std(axis=0).mean())
    if deviation < HARDLY:
        return "hardly react to the days", "hardly react"
    if deviation < LITTLE:
        return "react a little to the days", "react a little"
    return "react to the days", "react"
