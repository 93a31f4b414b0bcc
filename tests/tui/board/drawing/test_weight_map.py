from __future__ import annotations

import numpy as np
import pytest

from tui.board.drawing.weight_map import weight_map
from tui.drawing.heat import is_heat


@pytest.mark.parametrize(
    ("largest", "limit"), [(0.0, 1.0), (0.62, 1.0), (1.3, 2.0), (-4.1, 5.0), (5.0, 5.0), (5.1, 10.0), (0.013, 0.02)]
)
def test_the_scale_ends_alike_on_both_sides_at_a_round_number(largest: float, limit: float) -> None:
    drawn = weight_map(np.array([0.0, largest], np.float32), has_colour=True, ascii_text=False)
    assert drawn.high == pytest.approx(limit)
    assert drawn.low == -drawn.high


def test_rows_stay_in_their_order_and_what_is_no_number_is_blank() -> None:
    tensor = np.array([[-1.0, np.nan], [1.0, 0.0]], np.float32)
    drawn = weight_map(tensor, has_colour=True, ascii_text=False)
    np.testing.assert_array_equal(drawn.values, tensor.astype(np.float64))
    assert all(is_heat(role) for role in drawn.cells(2, 1).roles.ravel().tolist())
    letters = weight_map(tensor, has_colour=False, ascii_text=True).cells(2, 2).glyphs
    assert letters[0, 0] != letters[1, 0]
    assert letters[0, 1] == " "


def test_a_vector_is_a_row_and_no_number_at_all_is_drawn_as_nothing() -> None:
    drawn = weight_map(np.full(3, np.inf, np.float32), has_colour=False, ascii_text=True)
    assert drawn.values.shape == (1, 3)
    assert set(drawn.cells(3, 1).glyphs.ravel().tolist()) == {" "}
