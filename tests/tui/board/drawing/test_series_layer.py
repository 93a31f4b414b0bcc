"""A metric's curve per column: nothing of it is lost, and drawn on it looks as drawn at once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.board.drawing.ruler import Ruler
from tui.board.drawing.series_layer import ColumnsOfSteps, MetricCurve, SeriesLayer
from tui.board.state.series import Series
from tui.drawing.cells import Role
from tui.drawing.decimation import column_of
from tui.drawing.layer import Pen
from tui.drawing.scales import value_scale

COLUMNS, END = 24, 300
POINTS = st.lists(st.tuples(st.integers(0, END), st.floats(-1, 1)), min_size=1, max_size=60)


def series_of(points: list[tuple[int, float]]) -> Series:
    return Series().extended([step for step, _ in points], [value for _, value in points])


@given(POINTS)
def test_each_column_has_the_extremes_of_its_points(points: list[tuple[int, float]]) -> None:
    columns = ColumnsOfSteps(0, END, COLUMNS)
    columns.update(MetricCurve(series_of(points)))
    for column in range(COLUMNS):
        inside = [value for step, value in points if column_of(step, 0, END, COLUMNS) == column]
        assert columns.filled[column] == bool(inside)
        if inside:
            assert (columns.low[column], columns.high[column]) == (min(inside), max(inside))


@settings(max_examples=30)
@given(st.lists(st.integers(1, 60), min_size=1, max_size=5), st.integers(0, 2**32 - 1), st.booleans())
def test_drawn_on_it_looks_as_drawn_at_once(sizes: list[int], seed: int, by_epoch: bool) -> None:
    random = np.random.default_rng(seed)
    length = sum(sizes)
    whole = Series().extended(np.cumsum(random.integers(0, 3, length)), random.uniform(-1, 1, length))
    epochs = Series().extended([0, 100], [0.0, 1.0])
    ruler = Ruler(True, epochs, 100) if by_epoch else Ruler()
    end = 3 * ruler.unit if by_epoch else END
    scale = value_scale(-1.0, 1.0, 6)

    def drawn(lengths: list[int]) -> list[list[str]]:
        layer = SeriesLayer(Pen(Role.CURVE, "braille"))
        layer.lay_out(0, end, COLUMNS, 6)
        for each in lengths:
            layer.follow(MetricCurve(Series().extended(whole.steps[:each], whole.values[:each]), ruler))
            layer.draw(scale)
        return layer.glyphs.tolist()  # type: ignore[no-any-return]

    assert drawn(np.cumsum(sizes).tolist()) == drawn([length])


def test_a_column_without_a_point_is_no_gap() -> None:
    layer = SeriesLayer(Pen(Role.CURVE, "braille"))
    layer.lay_out(0, 100, 40, 6)
    layer.follow(MetricCurve(Series().extended([0, 100], [0.0, 0.0])))
    layer.draw(value_scale(-1.0, 1.0, 6))
    assert (layer.glyphs != " ").any(axis=0).all()


def test_a_value_that_is_not_finite_is_a_gap() -> None:
    layer = SeriesLayer(Pen(Role.CURVE, "braille"))
    layer.lay_out(0, 100, 40, 6)
    layer.follow(MetricCurve(Series().extended([0, 50, 100], [0.0, None, 0.0])))
    layer.draw(value_scale(-1.0, 1.0, 6))
    assert not (layer.glyphs[:, 10:30] != " ").any()


def test_it_knows_its_curve_from_another() -> None:
    layer = SeriesLayer(Pen(Role.CURVE, "braille"))
    layer.lay_out(0, 100, 40, 6)
    curve = Series().extended([1, 2], [1.0, 2.0])
    assert layer.goes_on_in(MetricCurve(curve))
    layer.follow(MetricCurve(curve))
    assert layer.goes_on_in(MetricCurve(curve.extended([3], [5.0])))
    assert not layer.goes_on_in(MetricCurve(curve.truncated(1)))
    assert not layer.goes_on_in(MetricCurve(Series().extended([1, 2], [1.0, 9.0])))


@pytest.mark.parametrize(("positive", "extent"), [(False, (-1.0, 2.0)), (True, (0.5, 2.0))])
def test_the_extent_is_that_of_what_is_in_sight(positive: bool, extent: tuple[float, float]) -> None:
    columns = ColumnsOfSteps(10, 20, 11)
    columns.update(MetricCurve(Series().extended([0, 10, 15, 20, 30], [-9.0, -1.0, 0.5, 2.0, 99.0])))
    assert columns.extent(positive=positive) == extent
    assert ColumnsOfSteps(0, 9, 3).extent() is None
