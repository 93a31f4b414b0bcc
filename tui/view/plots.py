"""The session's history as plots for the charts."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from lstm_engine.lstm.parameters import Gate, ParameterRole, ParameterSpec
from lstm_engine.run.history import Rows
from tui.drawing.curves import ALONE, Beside, Curve, Plot
from tui.state.session import Session
from tui.text.numbers import figure, given, number
from tui.text.widths import cut, flush_right
from tui.text.widths import width as width_of
from tui.view.error_band import HIGH, LOW
from tui.view.layout import CELL, CURVES, DATA, FAILURE, LOG, LOSS, PARAMETERS, PREDICTIONS, company_panel
from tui.view.moment import Moment
from tui.view.timeline import Sight

_ROLES: dict[ParameterRole, str] = {"h": "acts on h", "x": "acts on x", "bias": "bias"}
_GATES: dict[Gate, str] = {
    "forget": "forget gate",
    "input": "input gate",
    "candidate": "candidate",
    "output": "output gate",
}
#: Columns of a chart's border that its value takes.
_VALUE_ROOM = 14
#: The same with the value of a what-if beside it.
_WHAT_IF_ROOM = 31
#: Cells to which a company's name is cut at most.
_LEAST_NAME = 3


def loss_plot(session: Session, sight: Sight, band: tuple[Rows, ...], *, log: bool) -> tuple[Plot, str]:
    """The loss by epoch, and its value at the epoch in sight as text (empty where there is none).

    band: what is shown dotted, besides the parent's loss: the bounds of the companies' errors.
    """
    behind = band if session.parent_history is None else (*band, session.parent_history.loss)
    plot = _plot(session.history.loss, session, sight, behind, log=log)
    return plot, _value_text(session.history.loss, sight, _figure)


def loss_title(session: Session, band: tuple[Rows, ...], width: int, *, log: bool) -> str:
    """The title of the loss chart; where it is wide enough, with what the dotted curves are."""
    title = "train loss, log scale" if log else "train loss"
    dotted = [f"the middle {100 * (HIGH - LOW):.0f} % of the companies"] if band else []
    if session.parent is not None and session.parent_history is not None:
        dotted.append(session.parent.run)
    spelt_out = f"{title}; dotted: {', '.join(dotted)}"
    return spelt_out if dotted and width_of(spelt_out) + _VALUE_ROOM <= width else title


def prediction_plot(moment: Moment, company: int, beside: int | None = None) -> tuple[Plot, str]:
    """A company's prediction by epoch with its target, and its value at the epoch in sight as text.

    beside: the company of the chart beside, which has the same axis where the two can be compared.
    """
    session = moment.session
    values, *behind = _predictions(session, company)
    plot = _plot(
        values,
        session,
        moment.sight,
        tuple(behind),
        target=session.config.data.targets[company],
        beside=ALONE if beside is None else Beside(_predictions(session, beside), session.config.data.targets[beside]),
    )
    if moment.what_if and moment.with_what_if.history.length:
        tried = figure(float(moment.with_what_if.history.prediction(company)[-1]))
        return plot, f"{_value_text(values, moment.sight, figure)}, what-if {tried}".removeprefix(", ")
    return plot, _value_text(values, moment.sight, _figure)


def _predictions(session: Session, company: int) -> tuple[Rows, ...]:
    """A company's predictions by epoch, and in a branch its parent's."""
    histories = [session.history] if session.parent_history is None else [session.history, session.parent_history]
    return tuple(history.prediction(company) for history in histories)


def _plot(
    values: Rows,
    session: Session,
    sight: Sight,
    behind: tuple[Rows, ...],
    *,
    target: float | None = None,
    log: bool = False,
    beside: Beside = ALONE,
) -> Plot:
    return Plot(
        (Curve(values),),
        behind=behind,
        x_start=sight.x_start,
        x_end=sight.x_end,
        resumes=session.resumes,
        target=target,
        log=log,
        cursor=sight.cursor,
        beside=beside,
    )


def parameter_plot(session: Session, sight: Sight, names: Sequence[str]) -> tuple[Plot, str]:
    """The curves of the parameters of these names, and a title for them."""
    specs = [spec for spec in session.specs if spec.name in names]
    columns = [session.history.parameter(session.specs.index(spec)) for spec in specs]
    width, decimals = (7, 4) if len(specs) == 1 else (6, 3)
    plot = Plot(
        tuple(
            Curve(values, spec.name, _value_text(values, sight, lambda value: number(value, width, decimals)))
            for spec, values in zip(specs, columns, strict=True)
        ),
        x_start=sight.x_start,
        x_end=sight.x_end,
        resumes=session.resumes,
        cursor=sight.cursor,
    )
    return plot, _parameter_title(specs)


def _parameter_title(specs: Sequence[ParameterSpec]) -> str:
    if not specs:
        return ""
    gate = _GATES[specs[0].gate]
    return gate if len(specs) > 1 else f"{specs[0].name}: {gate}, {_ROLES[specs[0].role]}"


def _figure(value: float) -> str:
    """On the border of a chart: in 7 cells, or in more where the number takes them."""
    return flush_right(figure(value), 7)


def _value_text(values: Rows, sight: Sight, text: Callable[[float], str]) -> str:
    value = float(values[sight.epoch]) if sight.epoch >= 0 else math.nan
    return "" if math.isnan(value) else text(value)


def prediction_title(session: Session, company: int, width: int, *, what_if: bool = False) -> str:
    """The title of a company's chart, as long as the chart is wide. what_if: its value has another one beside it."""
    width -= _WHAT_IF_ROOM if what_if else _VALUE_ROOM
    data = session.config.data
    name, target = data.names[company], given(data.targets[company])
    spelt_out = f"{name}: prediction, target {target}"
    if width_of(spelt_out) <= width:
        return spelt_out
    rest = f", target {target}"
    return cut(name, max(width - len(rest), _LEAST_NAME)) + rest


def panel_titles(session: Session, companies: tuple[int, ...]) -> dict[str, str]:
    """The short titles of all panels, by their names. companies: the numbers of those in the charts."""
    names = session.config.data.names
    charts = {company_panel(place): names[company] for place, company in enumerate(companies) if company < len(names)}
    return {
        FAILURE: "failure",
        LOSS: "loss",
        **charts,
        PARAMETERS: "parameters",
        PREDICTIONS: "predictions",
        CURVES: "curves",
        CELL: "gates",
        DATA: "data",
        LOG: "log",
    }
