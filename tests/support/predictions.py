"""Predictions, computed by the trace."""

from __future__ import annotations

from lstm_engine.lstm.trace import trace
from tui.state.session import Session


def predicted(session: Session, **changes: float) -> list[float]:
    """By the trace, company by company."""
    values = dict(zip(session.history.columns.parameters, session.history.parameters_at(-1).tolist(), strict=True))
    parameters = [(values | changes)[spec.name] for spec in session.specs]
    return [float(trace(session.config.model, parameters, days).hidden[-1]) for days in session.config.data.days]
