"""What the keys of view, time and inside do that need no answer: by action, from one way of looking to the next.

Each comes with what is to be said about it, empty where there is nothing to say. What is about a part of it alone
(the panels, the epochs) is a function of that part, in layout.py and timeline.py; here it is one of the whole.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from tui.state.session import Session
from tui.text.gates import within
from tui.view.layout import CELL, CURVES, VIEW_ACTIONS, Arrangement, View
from tui.view.looking import Looking, arranged
from tui.view.selection import next_selection
from tui.view.timeline import TIME_ACTIONS, Axis, Timeline
from tui.view.traced import marked, traced
from tui.view.what_if import NOTHING

#: Of the cell, at a step with shift.
_DAYS = 10

LookingAction = Callable[[Looking, Session], tuple[Looking, str]]


def _on_view(change: Callable[[View, Arrangement], tuple[View, str]]) -> LookingAction:
    def act(looking: Looking, _: Session) -> tuple[Looking, str]:
        view, sentence = change(looking.view, looking.on_screen.arrangement)
        return replace(looking, view=view), sentence

    return act


def _on_timeline(change: Callable[[Timeline, Axis], Timeline]) -> LookingAction:
    def act(looking: Looking, session: Session) -> tuple[Looking, str]:
        return replace(looking, timeline=change(looking.timeline, looking.axis(session))), ""

    return act


def _select(looking: Looking, session: Session) -> tuple[Looking, str]:
    view, sentence = next_selection(looking.view, looking.moment(session).at_epoch)
    return replace(looking, view=view), sentence


def _choose(
    looking: Looking, session: Session, *, places: int = 0, days: int = 0, gates: int = 0
) -> tuple[Looking, str]:
    if CELL not in looking.on_screen.arrangement.panels:
        return looking, "g shows the gates first"
    if not looking.moment(session).with_what_if.history.length:
        return looking, "there are no gates to see yet"
    count, choice = len(looking.companies(session)), looking.choice
    place = (choice.place + places) % count
    choice = replace(choice, place=place, day=choice.day + days, quantity=choice.quantity + gates)
    return replace(looking, choice=within(choice, count, session.config.data.day_count)), ""


def _first_day(looking: Looking, session: Session) -> tuple[Looking, str]:
    """The first day; from there the first epoch, as everywhere."""
    if looking.choice.day == 0:
        return LOOKING_ACTIONS["first_epoch"](looking, session)
    return _choose(looking, session, days=-session.config.data.day_count)


def _last_day(looking: Looking, session: Session) -> tuple[Looking, str]:
    """The last day; while one looks back, the newest epoch, as the screen says."""
    if not looking.moment(session).sight.is_live:
        return LOOKING_ACTIONS["live"](looking, session)
    return _choose(looking, session, days=session.config.data.day_count)


def _marked_day(looking: Looking, session: Session) -> tuple[Looking, str]:
    """The day and the quantity in which the two companies differ most."""
    looking, sentence = _choose(looking, session)
    if sentence:
        return looking, sentence
    apart = marked(traced(looking.moment(session).with_what_if, looking.companies(session)))
    if apart is None:
        return looking, "no day is marked: there are no two companies that differ"
    return replace(looking, choice=replace(looking.choice, day=apart.day, quantity=apart.quantity)), ""


def _draw_curves(looking: Looking, session: Session, *, whole_gate: bool) -> tuple[Looking, str]:
    name = looking.on_screen.parameter
    gate = next(spec.gate for spec in session.specs if spec.name == name)
    names = tuple(spec.name for spec in session.specs if spec.gate == gate) if whole_gate else (name,)
    view = looking.view.drawing(names, looking.on_screen.arrangement)
    if view.curves and CURVES not in arranged(view, looking.on_screen.size, session).panels:
        view = replace(view, panel=CURVES, zoomed=True)
    return replace(looking, view=view), ""


def _put_back(looking: Looking, _: Session) -> tuple[Looking, str]:
    if not looking.what_if:
        return looking, ""
    return replace(looking, what_if=NOTHING), "everything is as the run has it"


LOOKING_ACTIONS: dict[str, LookingAction] = {
    **{name: _on_view(change) for name, change in VIEW_ACTIONS.items()},
    **{name: _on_timeline(change) for name, change in TIME_ACTIONS.items()},
    "selection": _select,
    "cell_left": partial(_choose, days=-1),
    "cell_right": partial(_choose, days=1),
    "cell_back": partial(_choose, days=-_DAYS),
    "cell_on": partial(_choose, days=_DAYS),
    "cell_first": _first_day,
    "cell_last": _last_day,
    "cell_marked": _marked_day,
    "cell_up": partial(_choose, gates=-1),
    "cell_down": partial(_choose, gates=1),
    "other_company": partial(_choose, places=1),
    "curve": partial(_draw_curves, whole_gate=False),
    "gate_curves": partial(_draw_curves, whole_gate=True),
    "put_back": _put_back,
}
