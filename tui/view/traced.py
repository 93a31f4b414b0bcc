"""The companies' days through the unit, as the panel of the cell shows them."""

from __future__ import annotations

from collections.abc import Sequence

from lstm_engine.lstm.trace import trace
from tui.drawing.gates_picture import Company
from tui.state.session import Session
from tui.text.gates import Difference, difference


def traced(session: Session, companies: Sequence[int]) -> list[Company]:
    """The companies' days through the unit, at the session's newest epoch; empty where there is none."""
    if not session.history.length:
        return []
    data, parameters = session.config.data, session.history.parameters_at(-1)
    return [
        Company(data.names[number], trace(session.config.model, parameters, data.days[number]), data.targets[number])
        for number in companies
    ]


def marked(companies: Sequence[Company]) -> Difference | None:
    """Where the two companies of the panel differ most; None where it shows one, or both are the same."""
    return difference(companies[0].trace, companies[1].trace) if len(companies) > 1 else None
