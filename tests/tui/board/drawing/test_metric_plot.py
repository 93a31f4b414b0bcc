"""A plot that shows the same is not drawn again; one that shows anything else is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tui.board.drawing.metric_plot import Best, MetricPlot, NamedCurve
from tui.board.drawing.series_layer import MetricCurve
from tui.board.state.series import Series

SERIES = Series().extended([1, 2], [1.0, 2.0])
CURVE = NamedCurve(MetricCurve(SERIES), "train", "2.0", 2)
PLOT = MetricPlot("loss", (CURVE,), 100)


def test_the_same_series_shows_the_same() -> None:
    assert PLOT.shows_the_same(replace(PLOT, curves=(replace(CURVE, curve=MetricCurve(SERIES)),)))


@pytest.mark.parametrize(
    "other",
    [
        replace(PLOT, curves=(replace(CURVE, curve=MetricCurve(SERIES.extended([3], [3.0]))),)),
        replace(PLOT, curves=(replace(CURVE, text="2.1"),)),
        replace(PLOT, cursor=1),
        replace(PLOT, log=True),
        replace(PLOT, x_end=101),
        replace(PLOT, weight=0.9),
        replace(PLOT, best=Best(1, 1.0, 2, "best")),
        replace(PLOT, behind=(MetricCurve(SERIES),)),
        replace(PLOT, title="acc"),
    ],
)
def test_whatever_else_it_shows_is_drawn(other: MetricPlot) -> None:
    assert not PLOT.shows_the_same(other)


def test_its_axes_are_those_of_the_plot() -> None:
    spec = replace(PLOT, unit=1000, log=True).axes_spec(40, 10, "ascii")
    assert (spec.width, spec.height, spec.x_end, spec.unit, spec.log) == (40, 10, 100, 1000, True)
