"""A curve that is drawn on as its history grows looks as if it were drawn at once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.drawing.cells import Role
from tui.drawing.curve_layer import CurveLayer
from tui.drawing.layer import Pen
from tui.drawing.scales import value_scale

WIDTH, HEIGHT = 30, 6
SCALE = value_scale(-1.0, 1.0, HEIGHT)
STEPS = st.lists(st.integers(1, 40), min_size=1, max_size=6)


def drawn(values: np.ndarray, lengths: list[int], marker: str, x_end: int = 240) -> CurveLayer:
    layer = CurveLayer(Pen(Role.CURVE, "." if marker == "ascii" else marker))
    layer.lay_out(0, x_end, WIDTH, HEIGHT)
    for length in lengths:
        layer.follow(values[:length])
        layer.draw(SCALE)
    return layer


@pytest.mark.parametrize("marker", ["braille", "block", "ascii"])
@settings(max_examples=30)
@given(STEPS, st.integers(0, 2**32 - 1))
def test_drawn_on_it_looks_as_drawn_at_once(marker: str, steps: list[int], seed: int) -> None:
    lengths = np.cumsum(steps).tolist()
    values = np.random.default_rng(seed).uniform(-1, 1, lengths[-1]).astype(np.float32)
    values[::7] = np.nan
    step_by_step, at_once = drawn(values, lengths, marker), drawn(values, lengths[-1:], marker)
    assert step_by_step.glyphs.tolist() == at_once.glyphs.tolist()


def test_without_a_new_point_nothing_is_drawn() -> None:
    values = np.linspace(-1, 1, 100, dtype=np.float32)
    layer = drawn(values, [100], "braille")
    assert (layer.glyphs != " ").any()
    assert not layer.draw(SCALE)
