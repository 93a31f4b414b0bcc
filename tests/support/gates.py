"""Days of the unit, to tell and to draw."""

from __future__ import annotations

import numpy as np

from lstm_engine.data.companies import WALK_THROUGH
from lstm_engine.lstm.parameters import BY_HAND
from lstm_engine.lstm.trace import Trace, trace
from tests.support.script import parameter
from tui.drawing.gates_picture import Company
from tui.text.gates import QUANTITIES, Choice

NAMES = [quantity.name for quantity in QUANTITIES]
#: Two days; the second one is the issue's example.
EXAMPLE = Trace(
    x=np.array([1.0, 0.5]),
    forget=np.array([0.5, 0.94]),
    input=np.array([0.25, 0.03]),
    candidate=np.array([0.8, -0.2]),
    output=np.array([0.1, 0.42]),
    cell_before=np.array([0.0, 0.61]),
    cell=np.array([0.2, 0.5674]),
    hidden=np.array([0.02, 0.2157]),
)


def choice(name: str, day: int = 1) -> Choice:
    return Choice(day=day, quantity=NAMES.index(name))


def walk_through(epoch: int) -> list[Company]:
    parameters = [parameter(spec.name, epoch) for spec in BY_HAND]
    return [
        Company(name, trace("by-hand", parameters, days), target)
        for name, days, target in zip(WALK_THROUGH.names, WALK_THROUGH.days, WALK_THROUGH.targets, strict=True)
    ]
