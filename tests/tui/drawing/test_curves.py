"""Whether two charts would look the same, told without drawing them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tui.drawing.curves import Curve, Overlay, Series

VALUES = np.linspace(0.5, 0.1, 2001, dtype=np.float32)
CURVE = Curve(VALUES, 2000)
OVERLAY = Overlay((Series("wlr1", VALUES, "0.1"),), 2000)


def test_equal_curves_show_the_same() -> None:
    assert CURVE.shows_the_same(replace(CURVE, values=VALUES.copy()))
    assert OVERLAY.key() == replace(OVERLAY, series=(Series("wlr1", VALUES.copy(), "0.1"),)).key()


@pytest.mark.parametrize(
    "change",
    [
        {"values": VALUES[:-1]},
        {"values": VALUES + 1},
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
def test_whatever_changes_a_curve_s_picture_is_noticed(change: dict[str, object]) -> None:
    assert not CURVE.shows_the_same(replace(CURVE, **change))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "change",
    [
        {"series": ()},
        {"series": (Series("wlr2", VALUES, "0.1"),)},
        {"series": (Series("wlr1", VALUES, "0.2"),)},
        {"series": (Series("wlr1", VALUES[1:], "0.1"),)},
        {"x_end": 3000},
        {"x_start": 1},
        {"resumes": (7,)},
        {"target": 0.0},
        {"log": True},
        {"cursor": 7},
    ],
)
def test_whatever_changes_an_overlay_s_picture_is_noticed(change: dict[str, object]) -> None:
    assert OVERLAY.key() != replace(OVERLAY, **change).key()  # type: ignore[arg-type]
