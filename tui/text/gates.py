"""The unit's day in numbers and in plain words: what each gate does, and where two companies part.

Pure, from the traces of `lstm_engine.lstm.trace`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from lstm_engine.lstm.trace import Trace
from tui.text.numbers import figure, fixed, given

Kind = Literal["input", "gate", "state"]


@dataclass(frozen=True)
class Quantity:
    """A row of the cell panel.

    name: the field of `Trace`. label: as people read it. kind: a `gate` is a share, 0 to 1; a `state` has a sign.
    """

    name: str
    label: str
    kind: Kind


#: In the order in which a day computes them.
QUANTITIES = (
    Quantity("x", "input x", "input"),
    Quantity("forget", "forget", "gate"),
    Quantity("input", "input", "gate"),
    Quantity("candidate", "candidate", "state"),
    Quantity("cell", "cell c", "state"),
    Quantity("output", "output", "gate"),
    Quantity("hidden", "hidden h", "state"),
)
_NAMES = tuple(quantity.name for quantity in QUANTITIES)


@dataclass(frozen=True)
class Choice:
    """What the sentence is about.

    place: of the company, among those in the panel. day: from 0. quantity: of `QUANTITIES`.
    """

    place: int = 0
    day: int = 0
    quantity: int = _NAMES.index("cell")

    @property
    def name(self) -> str:
        return _NAMES[self.quantity]


def within(choice: Choice, companies: int, days: int) -> Choice:
    """The nearest choice that exists with so many companies and days."""
    return Choice(
        place=min(max(choice.place, 0), companies - 1),
        day=min(max(choice.day, 0), days - 1),
        quantity=min(max(choice.quantity, 0), len(QUANTITIES) - 1),
    )


class Difference(NamedTuple):
    """Where two companies differ most: on which day, in which quantity, and its two values there."""

    day: int
    quantity: int
    values: tuple[float, float]


def difference(one: Trace, other: Trace) -> Difference | None:
    """The largest gap between two companies in anything that the unit computes; None where there is none."""
    gaps = np.abs(_computed(one) - _computed(other))
    if not np.nanmax(gaps, initial=0) > 0:
        return None
    quantity, day = np.unravel_index(int(np.nanargmax(gaps)), gaps.shape)
    name = QUANTITIES[int(quantity) + 1].name
    return Difference(int(day), int(quantity) + 1, (value(one, name, int(day)), value(other, name, int(day))))


def _computed(trace: Trace) -> NDArray[np.float64]:
    """All quantities but the input; shape (quantities - 1, days)."""
    return np.array([getattr(trace, name) for name in _NAMES[1:]])


def value(trace: Trace, name: str, day: int) -> float:
    """A quantity's value on a day."""
    return float(getattr(trace, name)[day])


def percent(share: float) -> str:
    """A gate as people read it: 94 %."""
    return f"{100 * share:.0f} %" if np.isfinite(share) else "nan"


def in_words(trace: Trace, choice: Choice, target: float) -> str:
    """What the chosen quantity does on the chosen day, in a sentence without a subject. target: what was observed."""
    today = {name: value(trace, name, choice.day) for name in (*_NAMES, "cell_before")}
    forget, let_in, shown = (percent(today[gate]) for gate in ("forget", "input", "output"))
    kept, candidate, cell = (fixed(today[state], 2) for state in ("cell_before", "candidate", "cell"))
    hidden = fixed(today["hidden"], 2)
    is_first, is_last = choice.day == 0, choice.day == len(trace.x) - 1
    match choice.name:
        case "x":
            before = 0.0 if is_first else value(trace, "hidden", choice.day - 1)
            return f"{given(today['x'])} comes in; each gate weighs it beside the short-term memory {fixed(before, 2)}"
        case "forget" if is_first:
            return f"would keep {forget} of the long-term memory, but nothing is remembered yet"
        case "forget":
            stays = fixed(today["forget"] * today["cell_before"], 2)
            return f"keeps {forget} of the long-term memory {kept}, so that {stays} stays"
        case "input":
            added = fixed(today["input"] * today["candidate"], 2, signed=True)
            return f"lets {let_in} of the candidate {candidate} into the long-term memory: {added}"
        case "candidate":
            return f"proposes {candidate} for the long-term memory, of which the input gate lets {let_in} in"
        case "cell" if is_first:
            return f"nothing is remembered yet; adds {let_in} of the candidate {candidate}: {cell} is remembered"
        case "cell":
            added = f"adds {let_in} of the candidate {candidate}"
            return f"keeps {forget} of the long-term memory {kept}, {added}: now {cell}"
        case "output":
            squashed = fixed(np.tanh(today["cell"]), 2)
            return f"shows {shown} of the long-term memory {cell} (squashed to {squashed}): {hidden}"
        case _ if is_last:
            off = figure(today["hidden"] - target, signed=True)
            predicted = figure(today["hidden"])
            return f"the short-term memory {predicted} is the prediction; observed {figure(target)}, off by {off}"
        case _:
            return f"the short-term memory {hidden} is what the gates of day {choice.day + 2} see"
