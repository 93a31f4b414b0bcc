"""The session's history as curves for the charts."""

from __future__ import annotations

import math
from collections.abc import Callable

from lstm_engine.history import Rows
from tui.screens.layout import CELL, DATA, FAILURE, LOG, LOSS, PARAMETERS, PREDICTIONS, company_panel
from tui.session import Session
from tui.timeline import Sight
from tui.widgets.chart import Curve
from tui.wording import loss_text, number

#: Columns of a chart's border that its value takes.
_VALUE_ROOM = 14


def loss_curve(session: Session, sight: Sight, *, log: bool) -> tuple[Curve, str]:
    """The loss by epoch, and its value at the epoch in sight as text (empty where there is none)."""
    return _curve(session.history.loss, session, sight, log=log), _told(session.history.loss, sight, loss_text)


def prediction_curve(session: Session, sight: Sight, company: int) -> tuple[Curve, str]:
    """A company's prediction by epoch with its target, and its value at the epoch in sight as text."""
    values = session.history.prediction(company)
    curve = _curve(values, session, sight, target=session.config.data.targets[company])
    return curve, _told(values, sight, lambda value: number(value, 7))


def _curve(values: Rows, session: Session, sight: Sight, *, target: float | None = None, log: bool = False) -> Curve:
    return Curve(
        values,
        x_start=sight.x_start,
        x_end=sight.x_end,
        resumes=session.resumes,
        target=target,
        log=log,
        cursor=sight.cursor,
    )


def _told(values: Rows, sight: Sight, text: Callable[[float], str]) -> str:
    value = float(values[sight.epoch]) if sight.epoch >= 0 else math.nan
    return "" if math.isnan(value) else text(value)


def prediction_title(session: Session, company: int, width: int) -> str:
    """The title of a company's chart, as long as the chart is wide."""
    data = session.config.data
    name, target = data.names[company], f"{data.targets[company]:g}"
    spelt_out = f"{name}: prediction, target {target}"
    return spelt_out if len(spelt_out) + _VALUE_ROOM <= width else f"{name}, target {target}"


def panel_titles(session: Session, companies: tuple[int, ...]) -> dict[str, str]:
    """The short titles of all panels, by their names. companies: the numbers of those in the charts."""
    names = session.config.data.names
    charts = {
        company_panel(place): names[company][:12] for place, company in enumerate(companies) if company < len(names)
    }
    return {
        FAILURE: "failure",
        LOSS: "loss",
        **charts,
        PARAMETERS: "parameters",
        PREDICTIONS: "predictions",
        CELL: "gates",
        DATA: "data",
        LOG: "log",
    }
