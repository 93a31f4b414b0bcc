"""How a session is looked at: what stays of it when another session comes, and what is tried, in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lstm_engine.protocol.messages import Failed
from lstm_engine.run.config import RunConfig
from tests.support.script import companies, done, resumed, session_after, training
from tui.text.gates import Choice
from tui.view.layout import FAILURE, LOSS
from tui.view.looking import Looking, OnScreen, arranged
from tui.view.timeline import Timeline
from tui.view.what_if import NOTHING, WhatIf

SESSION = session_after(training())
TRIED = WhatIf(parameters=(("wlr1", 1.0),), inputs=((1, (0.0, 0.5, 0.25, 1.0)),))
BACK = replace(Looking(), timeline=Timeline(cursor=600), what_if=TRIED)


def test_more_epochs_change_nothing() -> None:
    assert BACK.following(SESSION, session_after(training(1300))) == BACK


def test_another_run_has_neither_the_cursor_nor_the_what_if() -> None:
    other = BACK.following(SESSION, replace(session_after(resumed()), run="another"))
    assert (other.timeline, other.what_if) == (Timeline(), NOTHING)


def test_a_run_that_gets_its_name_keeps_both() -> None:
    assert BACK.following(replace(SESSION, run=None), SESSION) == BACK
    assert BACK.following(replace(SESSION, run=None), replace(SESSION, rewrites=99)) != BACK


def test_a_run_that_was_set_back_has_no_cursor_on_what_has_not_happened() -> None:
    later = replace(BACK, timeline=Timeline(cursor=1100))
    back = session_after(training(1000))
    assert later.following(SESSION, back) == replace(later, timeline=Timeline())
    assert BACK.following(SESSION, back) == BACK


def test_other_companies_are_neither_tried_nor_chosen() -> None:
    config = RunConfig(data=companies(9))
    many = session_after(training(config=config), config)
    chosen = replace(BACK, view=BACK.view.choosing(7))
    assert chosen.following(many, many) == chosen
    other = chosen.following(many, SESSION)
    assert (other.view, other.what_if) == (Looking().view, NOTHING)


@pytest.mark.parametrize(("epoch", "cursor"), [(-5, 0), (0, 0), (1199, 1199), (1200, None), (9999, None)])
def test_pointing_at_the_newest_epoch_is_live(epoch: int, cursor: int | None) -> None:
    assert BACK.pointing_at(epoch, SESSION).timeline.cursor == cursor


def test_a_step_of_the_zoom_is_half_the_epochs() -> None:
    session = session_after(done())
    assert Looking().zooming(1, session).timeline.span == 1000
    assert Looking().zooming(2, session).zooming(-1, session).timeline.span == 1000
    assert Looking().zooming(1, session).zooming(-1, session) == Looking()


def test_a_visit_shows_the_run_as_it_was() -> None:
    choice = Choice(place=1, day=2)
    visited = BACK.visiting(300, choice, SESSION)
    assert (visited.timeline.cursor, visited.choice, visited.what_if) == (300, choice, NOTHING)
    assert visited.visiting(0, None, SESSION).choice == choice


def test_the_cursor_moves_by_the_columns_of_the_chart() -> None:
    axis = replace(BACK, on_screen=OnScreen(columns=60, across=1)).axis(SESSION)
    assert (axis.newest, axis.columns, axis.across) == (1200, 60, 1)


def test_a_moment_is_of_the_cursor_s_epoch_with_what_is_tried() -> None:
    moment = BACK.moment(SESSION)
    assert moment.at_epoch.history.last_epoch == 600
    assert moment.title_suffix == " at epoch 600, what-if"
    assert moment.session is SESSION


def test_companies_that_there_are_not_are_not_in_the_charts() -> None:
    looking = replace(Looking(), view=replace(Looking().view, companies=(1, 7)))
    assert looking.companies(SESSION) == (1,)


def test_what_is_tried_is_told_by_name() -> None:
    parameters, days, words = BACK.tried(SESSION)
    assert parameters == {"wlr1": 1.0}
    assert days == {"B": (0.0, 0.5, 0.25, 1.0)}
    assert words == BACK.moment(SESSION).changes != ""


def test_a_failure_has_its_panel() -> None:
    failed = session_after([*training(), Failed(epoch=1200, cause="it diverged")])
    view, size = Looking().view, (160, 48)
    assert FAILURE in arranged(view, size, failed).panels
    assert FAILURE not in arranged(view, size, SESSION).panels
    assert arranged(view, (80, 24), SESSION).panels == (LOSS,)
