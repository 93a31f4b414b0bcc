"""Which of many companies the two charts show: those that were chosen, the nearest to their targets, the worst."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tui.state.session import Session
from tui.text.numbers import figure
from tui.text.widths import cut
from tui.view.layout import Pick, View

_TURNS: dict[Pick, Pick] = {"chosen": "nearest", "nearest": "worst", "worst": "chosen"}
_SHOWN = 2
_NAME_ROOM = 16


def next_selection(view: View, session: Session) -> tuple[View, str]:
    """The charts with the next selection, as it is at the session's newest epoch, and what to say about it.

    The companies stay the same while training goes on: charts that change hands at every frame show nothing.
    """
    data = session.config.data
    if len(data.names) <= _SHOWN:
        return view, "all companies have a chart already"
    if not session.history.length:
        return view, "there are no predictions to compare yet"
    errors = session.history.predictions_at(-1).astype(np.float64) - np.array(data.targets)
    pick = _TURNS[view.pick]
    if pick == "chosen":
        companies = view.chosen
    else:
        by_error = np.argsort(np.abs(errors), kind="stable")  # not a number comes last: the worst of all
        places = by_error[:_SHOWN] if pick == "nearest" else by_error[: -_SHOWN - 1 : -1]
        companies = tuple(places.tolist())
    errors_text = ", ".join(
        f"{cut(data.names[company], _NAME_ROOM)} {figure(float(errors[company]), signed=True)}"
        for company in companies
    )
    heading = {"chosen": "chosen", "nearest": "nearest to the target", "worst": "worst"}[pick]
    return replace(
        view, companies=companies, pick=pick
    ), f"{heading} at epoch {session.history.last_epoch}: {errors_text}"
