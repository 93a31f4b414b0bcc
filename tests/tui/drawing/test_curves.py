"""Whether two charts would look the same, told without drawing them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tui.drawing.curves import Curve, Plot

VALUES = np.linspace(0.5, 0.1, 2001, dtype=np.float32)
CURVE = Curve(VALUES, "wlr1", "0.1")
PLOT = Plot((CURVE,), 2000)


def test_equal_plots_show_the_same() -> None:
    assert PLOT.shows_the_same(replace(PLOT, curves=(replace(CURVE, values=VALUES.copy()),)))


@pytest.mark.parametrize(
    "change",
    [
        {"curves": ()},
        {"curves": (replace(CURVE, values=VALUES[:-1]),)},
        {"curves": (replace(CURVE, values=VALUES[1:]),)},
        {"curves": (replace(CURVE, values=VALUES + 1),)},
        {"curves": (replace(CURVE, name="wlr2"),)},
        {"curves": (replace(CURVE, text="0.2"),)},
        {"x_end": 3000},
        {"x_start": 1},
        {"resumes": (7,)},
        {"target": 0.0},
        {"log": True},
        {"behind": (VALUES,)},
        {"cursor": 7},
    ],
    ids=lambda change: next(iter(change)),
)
def test_whatever_changes_a_plot_s_picture_is_noticed(change: dict[str, object]) -> None:
    assert not PLOT.shows_the_same(replace(PLOT, **change))  # type: ignore[arg-type]
