"""The axes of a chart over the epochs: what they show in the room there is, and which column is which epoch."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.drawing.axes_spec import EPOCH_AXIS_FROM, LABEL_WIDTH, VALUE_AXIS_FROM, AxesSpec
from tui.drawing.scales import value_scale
from tui.options import Marker

MARKERS: tuple[Marker, ...] = ("braille", "block", "ascii")
SPEC = AxesSpec(60, 14, "braille", 0, 3000, resumes=(0, 2000, 3000), target=0.5)
SCALE = value_scale(0.0, 1.0, 12)


@pytest.mark.parametrize("width", [VALUE_AXIS_FROM[0] - 1, VALUE_AXIS_FROM[0], EPOCH_AXIS_FROM[0] - 1, 60])
@pytest.mark.parametrize("height", [VALUE_AXIS_FROM[1] - 1, VALUE_AXIS_FROM[1], EPOCH_AXIS_FROM[1], 14])
def test_an_axis_is_left_out_where_there_is_no_room(width: int, height: int) -> None:
    axes = replace(SPEC, width=width, height=height).axes(SCALE)
    assert (axes.left > 0) == (width >= VALUE_AXIS_FROM[0] and height >= VALUE_AXIS_FROM[1])
    assert (axes.below > 0) == (width >= EPOCH_AXIS_FROM[0] and height >= EPOCH_AXIS_FROM[1])
    assert (axes.canvas_width + axes.left, axes.canvas_height + axes.below) == (width, height)


def test_the_axis_gives_way_to_its_longest_label() -> None:
    assert SPEC.axes(None).left == SPEC.axes(SCALE).left == LABEL_WIDTH + 1
    wide = replace(SCALE, ticks=((0.0, "-0.000025"), (1.0, "1")))
    assert SPEC.axes(wide).left == len("-0.000025") + 1


def test_values_stand_from_the_bottom_row_to_the_top_one() -> None:
    ticks = SPEC.axes(SCALE).value_ticks
    assert ticks[0] == (11, "0.00")
    assert ticks[-1] == (0, "1.00")


@pytest.mark.parametrize(("target", "row"), [(0.0, 11), (1.0, 0), (1.01, None), (-0.01, None), (None, None)])
def test_a_target_is_a_line_where_the_axis_shows_it(target: float | None, row: int | None) -> None:
    spec = replace(SPEC, target=target)
    assert spec.axes(SCALE).target_row == row
    assert spec.axes(None).target_row is None


def test_a_resumption_is_a_line_once_and_within_the_axis() -> None:
    axes = SPEC.axes(SCALE)
    assert axes.resume_columns == (SPEC.column_of(2000, axes.canvas_width),)
    many = replace(SPEC, resumes=(2000, 2001, 2002)).axes(SCALE)
    assert many.resume_columns == axes.resume_columns
    assert replace(SPEC, x_start=2000).axes(SCALE).resume_columns == ()


def test_an_epoch_is_shown_from_the_axis_first_to_its_last() -> None:
    spec = replace(SPEC, x_start=100, x_end=200)
    assert [spec.shows(epoch) for epoch in (99, 100, 200, 201)] == [False, True, True, False]


@given(st.sampled_from(MARKERS), st.integers(0, 5000), st.integers(1, 300), st.integers(2, 80), st.data())
def test_a_column_s_epoch_is_in_that_column(
    marker: Marker, start: int, span: int, columns: int, data: st.DataObject
) -> None:
    spec = AxesSpec(columns, 10, marker, start, start + span)
    column = data.draw(st.integers(-3, columns + 3))
    epoch = spec.epoch_at(column, columns)
    assert spec.shows(epoch)
    if column <= 0:
        assert epoch == start
    elif column >= columns - 1:
        assert epoch == start + span
    elif shown := [one for one in range(start, start + span + 1) if spec.column_of(one, columns) == column]:
        assert epoch in shown
