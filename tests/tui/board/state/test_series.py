"""A series holds its points in order, whatever order they come in, and grows at little cost."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tui.board.state.series import Series

POINTS = st.lists(st.tuples(st.integers(0, 50), st.floats(-9, 9) | st.none()), max_size=20)


@given(st.lists(POINTS, max_size=5))
def test_points_ascend_and_are_all_there(batches: list[list[tuple[int, float | None]]]) -> None:
    series = Series()
    for batch in batches:
        series = series.extended([step for step, _ in batch], [value for _, value in batch])
    points = [point for batch in batches for point in batch]
    assert series.steps.tolist() == sorted(step for step, _ in points)
    ordered = [math.nan if value is None else value for _, value in sorted(points, key=lambda point: point[0])]
    assert np.array_equal(series.values, ordered, equal_nan=True)
    finite = [value for value in ordered if not math.isnan(value)]
    assert (series.lowest >= 0) == (series.highest >= 0) == bool(finite)
    if finite:
        assert series.values[series.lowest] == min(finite)
        assert series.values[series.highest] == max(finite)


def test_what_was_handed_out_stays_as_it_was() -> None:
    short = Series().extended([1, 2], [1.0, 2.0])
    longer, other = short.extended([3], [3.0]), short.extended([3], [30.0])
    assert short.values.tolist() == [1.0, 2.0]
    assert longer.values.tolist() == [1.0, 2.0, 3.0]
    assert other.values.tolist() == [1.0, 2.0, 30.0]


def test_a_cut_series_ends_at_the_step_and_knows_its_extremes() -> None:
    series = Series().extended([1, 2, 3, 4], [5.0, 1.0, 9.0, 0.0])
    cut = series.truncated(2)
    assert cut.steps.tolist() == [1, 2]
    assert (cut.lowest, cut.highest) == (1, 0)
    assert series.truncated(4) is series
    assert len(series.truncated(0)) == 0


def test_a_point_is_found_by_its_step() -> None:
    series = Series().extended([10, 20], [1.0, 2.0])
    assert [series.index_at(step) for step in (9, 10, 19.5, 20, 99)] == [-1, 0, 0, 1, 1]


def test_appending_copies_seldom() -> None:
    series, buffers = Series(), set()
    kept = []
    for step in range(10_000):
        series = series.extended([step], [0.5])
        kept.append(series.steps.base)
        buffers.add(id(series.steps.base))
    assert len(buffers) < 20


def test_what_is_not_finite_is_a_gap() -> None:
    series = Series().extended([1, 2, 3], [math.inf, None, -math.inf])
    assert np.isnan(series.values).all()
    assert series.lowest == series.highest == -1
