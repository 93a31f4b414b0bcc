"""The time cursor and the zoom, as pure functions."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.script import resumed, session_after
from tui.drawing.decimation import column_of
from tui.view.timeline import (
    LEAST_SPAN,
    TIME_ACTIONS,
    Axis,
    Sight,
    Timeline,
    jumped,
    live,
    moved,
    moved_by_columns,
    moved_to_mark,
    settled,
    sight,
    towards,
    unzoomed,
    zoomed,
)

LIVE = Timeline()
AXIS = Axis(newest=2600, end=3000, marks=(0, 1000, 2000), columns=101)


def at(epoch: int) -> Timeline:
    return Timeline(cursor=epoch)


def test_a_session_s_axis_has_its_epochs_and_where_its_stages_begin() -> None:
    assert Axis.of(session_after(resumed()), 80) == Axis(newest=2600, end=3000, marks=(0, 2000), columns=80)


def test_live_shows_the_newest_epoch_on_axes_with_room_for_the_target() -> None:
    assert sight(LIVE, AXIS) == Sight(epoch=2600, is_live=True, x_start=0, x_end=3000)
    assert sight(LIVE, AXIS).cursor is None


def test_the_cursor_shows_its_epoch_on_the_same_axes() -> None:
    assert sight(at(1200), AXIS) == Sight(epoch=1200, is_live=False, x_start=0, x_end=3000)
    assert sight(at(1200), AXIS).cursor == 1200


@pytest.mark.parametrize(
    ("action", "before", "after"),
    [
        ("column_back", None, 2580),
        ("column_back", 1200, 1170),
        ("column_on", 1200, 1230),
        ("columns_back", 1200, 900),
        ("columns_on", 1200, 1500),
        ("epoch_back", None, 2599),
        ("epoch_back", 1200, 1199),
        ("epoch_on", 1200, 1201),
        ("stage_back", None, 2000),
        ("stage_back", 1500, 1000),
        ("stage_back", 1000, 0),
        ("stage_back", 0, 0),
        ("stage_on", 0, 1000),
        ("stage_on", 1500, 2000),
        ("stage_on", 2000, None),
        ("first_epoch", None, 0),
        ("live", 1200, None),
        ("column_on", 2590, None),
        ("columns_back", 30, 0),
        ("epoch_on", 2599, None),
        ("epoch_on", None, None),
    ],
)
def test_a_move(action: str, before: int | None, after: int | None) -> None:
    assert TIME_ACTIONS[action](Timeline(before), AXIS).cursor == after


def test_a_jump_stays_even_on_the_newest_epoch() -> None:
    assert jumped(LIVE, AXIS, 2600).cursor == 2600
    assert jumped(LIVE, AXIS, 9999).cursor == 2600
    assert towards(LIVE, AXIS, 2600).cursor is None


def test_a_cursor_on_what_has_not_happened_any_more_is_given_up() -> None:
    assert settled(at(1200), replace(AXIS, newest=1199)).cursor is None
    assert settled(at(1200), replace(AXIS, newest=1200)).cursor == 1200


@given(
    st.integers(0, 10**6),
    st.integers(1, 10**6),
    st.integers(2, 300),
    st.sampled_from([1, 2]),
    st.sampled_from([-10, -1, 1, 10]),
)
def test_a_column_is_a_column_and_at_least_an_epoch(
    here: int, newest: int, columns: int, across: int, steps: int
) -> None:
    axis = Axis(newest=newest, end=newest, columns=columns, across=across)
    here %= newest + 1
    there = sight(moved_by_columns(at(here), axis, steps), axis).epoch
    assert 0 <= there <= newest
    if there not in (0, newest):
        assert abs(there - here) >= 1
        if newest > 20 * columns:
            before, after = (column_of(epoch, 0, newest, columns * across) // across for epoch in (here, there))
            assert after - before == steps


@given(st.integers(0, 2600), st.sampled_from([-7, -1, 1, 3]))
def test_a_way_there_and_back_ends_in_the_column_it_began_in(here: int, steps: int) -> None:
    there = moved_by_columns(at(here), AXIS, steps)
    if there.cursor not in (0, None):
        back = sight(moved_by_columns(there, AXIS, -steps), AXIS).epoch
        assert column(back) == column(here)


def column(epoch: int) -> int:
    return column_of(epoch, 0, AXIS.end, AXIS.columns * AXIS.across) // AXIS.across


# --- zoom ------------------------------------------------------------------------------------------------------------


def test_zooming_keeps_the_cursor_where_it_is_on_the_screen() -> None:
    seen = sight(zoomed(at(1200), AXIS, 1), AXIS)
    assert (seen.x_start, seen.x_end) == (600, 2100)
    assert (1200 - 600) / 1500 == 1200 / 3000
    assert sight(zoomed(zoomed(at(1200), AXIS, 1), AXIS, -1), AXIS) == sight(at(1200), AXIS)


def test_zooming_without_a_cursor_shows_the_newest_epochs_and_follows_them() -> None:
    close = zoomed(zoomed(LIVE, AXIS, 1), AXIS, 1)
    for newest in range(2600, 3001):
        seen = sight(close, replace(AXIS, newest=newest))
        assert seen.x_end - seen.x_start == 750
        assert seen.x_start <= newest <= seen.x_end


def test_the_axes_follow_in_leaps_so_that_they_stand_still_in_between() -> None:
    close = zoomed(LIVE, AXIS, 2)
    starts = {sight(close, replace(AXIS, newest=newest, end=10_000)).x_start for newest in range(5000, 6000)}
    assert len(starts) <= 1000 / (750 // 4) + 2


def test_a_cursor_that_is_set_while_zoomed_in_moves_no_axis() -> None:
    close = zoomed(LIVE, AXIS, 2)
    before, after = sight(close, AXIS), sight(moved(close, AXIS, -1), AXIS)
    assert (before.x_start, before.x_end) == (after.x_start, after.x_end)


def test_a_cursor_that_leaves_the_axes_is_in_their_middle() -> None:
    close = zoomed(at(1200), AXIS, 2)
    seen = sight(jumped(close, AXIS, 2500), AXIS)
    assert (seen.x_start, seen.x_end) == (2125, 2875)
    seen = sight(jumped(close, AXIS, 10), AXIS)
    assert (seen.x_start, seen.x_end) == (0, 750)


def test_all_epochs_are_back_with_one_key() -> None:
    assert unzoomed(zoomed(at(1200), AXIS, 3), AXIS) == at(1200)


@given(st.integers(1, 10**6), st.data(), st.lists(st.sampled_from(sorted(TIME_ACTIONS)), max_size=30))
def test_whatever_is_pressed_the_epoch_has_happened_and_is_on_the_axes(
    end: int, data: st.DataObject, keys: list[str]
) -> None:
    newest = data.draw(st.integers(1, end))
    axis = Axis(newest, end, marks=(0, newest // 2), columns=data.draw(st.integers(1, 200)))
    timeline = LIVE
    for key in keys:
        timeline = TIME_ACTIONS[key](timeline, axis)
        seen = sight(timeline, axis)
        assert 0 <= seen.x_start <= seen.epoch <= seen.x_end <= end
        assert 0 <= seen.epoch <= newest
        assert seen.x_end - seen.x_start >= min(LEAST_SPAN, end)
    assert live(timeline, axis).cursor is None


def test_marks_are_passed_in_both_directions() -> None:
    assert moved_to_mark(at(999), AXIS, 1).cursor == 1000
    assert moved_to_mark(at(1001), AXIS, -1).cursor == 1000
