"""The session's history as curves for the charts."""

from __future__ import annotations

import math
from collections.abc import Callable

from tui.screens.layout import DATA, FAILURE, LOG, LOSS, PARAMETERS, PREDICTIONS, company_panel
from tui.session import Session
from tui.widgets.chart import Curve
from tui.wording import loss_text, number

#: Columns of a chart's border that its value takes.
_VALUE_ROOM = 14


def loss_curve(session: Session, *, log: bool) -> tuple[Curve, str]:
    """The loss by epoch, and its newest value as text (empty where there is none)."""
    loss = session.history.loss
    newest = float(loss[-1]) if len(loss) > 1 else math.nan
    return Curve(loss, x_end=session.x_end, resumes=session.resumes, log=log), _told(newest, loss_text)


def prediction_curve(session: Session, company: int) -> tuple[Curve, str]:
    """A company's prediction by epoch with its target, and its newest value as text."""
    values = session.history.prediction(company)
    newest = float(values[-1]) if len(values) else math.nan
    target = session.config.data.targets[company]
    curve = Curve(values, x_end=session.x_end, resumes=session.resumes, target=target)
    return curve, _told(newest, lambda value: number(value, 7))


def _told(value: float, text: Callable[[float], str]) -> str:
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
        DATA: "data",
        LOG: "log",
    }
