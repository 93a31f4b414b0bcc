"""What the keys change of the way a session is looked at."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.support.script import session_after, training
from tui.actions import in_group
from tui.screens.inspection import Inspection
from tui.text.gates import Choice
from tui.view.layout import CELL, CURVES
from tui.view.looking import Looking, OnScreen, arranged
from tui.view.looking_actions import LOOKING_ACTIONS
from tui.view.traced import marked, traced
from tui.view.what_if import with_parameter

SESSION = session_after(training())
SIZE = (160, 48)


def looking(**view: bool) -> Looking:
    """All panels side by side."""
    wide = Looking()
    seen = replace(wide.view, **view)
    return replace(wide, view=seen, on_screen=OnScreen(SIZE, arranged(seen, SIZE, SESSION), parameter="wlr1"))


def test_every_action_of_view_time_and_inside_is_found_by_its_id() -> None:
    asked = Inspection(screen=None)
    actions = {action.id for group in ("view", "time", "inside") for action in in_group(group)}
    assert set(LOOKING_ACTIONS) | set(asked.handlers) == actions
    assert not set(LOOKING_ACTIONS) & set(asked.handlers)


@pytest.mark.parametrize("action", sorted(LOOKING_ACTIONS))
def test_an_action_changes_nothing_that_the_screen_has(action: str) -> None:
    before = looking(cell=True)
    assert LOOKING_ACTIONS[action](before, SESSION)[0].on_screen == before.on_screen


def test_the_gates_are_chosen_where_they_are_in_sight() -> None:
    assert LOOKING_ACTIONS["cell_right"](looking(), SESSION) == (looking(), "g shows the gates first")
    after, sentence = LOOKING_ACTIONS["cell_right"](looking(cell=True), SESSION)
    assert (after.choice, sentence) == (replace(Choice(), day=min(Choice().day + 1, 3)), "")
    assert CELL in looking(cell=True).on_screen.arrangement.panels


def test_days_are_passed_over() -> None:
    """Ten at once, to either end, and to the marked one; Home and End are those of the epochs where they say so."""
    seen = replace(looking(cell=True), choice=Choice(day=1))
    assert LOOKING_ACTIONS["cell_on"](seen, SESSION)[0].choice.day == 3
    assert LOOKING_ACTIONS["cell_back"](seen, SESSION)[0].choice.day == 0
    first, _ = LOOKING_ACTIONS["cell_first"](seen, SESSION)
    assert first.choice.day == 0
    past, _ = LOOKING_ACTIONS["cell_first"](first, SESSION)
    assert past.moment(SESSION).sight.epoch == 0
    live, _ = LOOKING_ACTIONS["cell_last"](past, SESSION)
    assert (live.moment(SESSION).sight.is_live, live.choice.day) == (True, 0)
    assert LOOKING_ACTIONS["cell_last"](live, SESSION)[0].choice.day == 3
    apart = marked(traced(SESSION, (0, 1)))
    assert apart is not None
    found = LOOKING_ACTIONS["cell_marked"](seen, SESSION)[0].choice
    assert (found.day, found.quantity) == (apart.day, apart.quantity)
    assert LOOKING_ACTIONS["cell_marked"](looking(), SESSION)[1] == "g shows the gates first"


def test_curves_come_and_go() -> None:
    after, _ = LOOKING_ACTIONS["curve"](looking(), SESSION)
    assert after.view.curves == ("wlr1",)
    assert CURVES in arranged(after.view, SIZE, SESSION).panels
    assert LOOKING_ACTIONS["curve"](after, SESSION)[0].view.curves == ()


def test_a_what_if_is_put_back() -> None:
    tried = replace(looking(), what_if=with_parameter(Looking().what_if, "wlr1", 1.0))
    assert LOOKING_ACTIONS["put_back"](tried, SESSION) == (looking(), "everything is as the run has it")
    assert LOOKING_ACTIONS["put_back"](looking(), SESSION) == (looking(), "")
