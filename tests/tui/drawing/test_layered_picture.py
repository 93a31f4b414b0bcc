"""Where values and positions stand on a picture of any kind of curve."""

from __future__ import annotations

import numpy as np
import pytest

from tui.drawing.axes_spec import AxesSpec
from tui.drawing.cells import Role
from tui.drawing.curve_layer import CurveLayer
from tui.drawing.layer import Pen
from tui.drawing.layered_picture import LayeredPicture

SPEC = AxesSpec(40, 12, "braille", 0, 100)
VALUES = np.linspace(0, 1, 101, dtype=np.float32)


def picture(spec: AxesSpec = SPEC, cursor: int | None = None) -> tuple[LayeredPicture[np.ndarray], list[str]]:  # type: ignore[type-arg]
    made = LayeredPicture(CurveLayer)
    cells = made.draw_curves(spec, [VALUES], [Pen(Role.CURVE, spec.marker)], cursor)
    assert cells is not None
    return made, [cells.text(row) for row in range(cells.height)]


@pytest.mark.parametrize(("epoch", "value"), [(0, 0.0), (50, 0.5), (100, 1.0)])
def test_a_point_of_the_curve_is_found_where_it_is_drawn(epoch: int, value: float) -> None:
    made, rows = picture()
    place = made.place_of(epoch, value)
    assert place is not None
    assert rows[place[0]][place[1]] not in " │"


@pytest.mark.parametrize(("epoch", "value"), [(101, 0.5), (50, 9.0), (50, -1.0)])
def test_what_is_out_of_sight_has_no_place(epoch: int, value: float) -> None:
    assert picture()[0].place_of(epoch, value) is None
    assert LayeredPicture(CurveLayer).place_of(epoch, value) is None


def test_labels_count_units_and_the_cursor_stands_between_them() -> None:
    spec = AxesSpec(60, 12, "braille", 0, 3500, unit=1000)
    _, rows = picture(spec, cursor=2500)
    assert rows[-1].split() == ["0", "1", "2.50"] or "2.50" in rows[-1].split()
    _, rows = picture(spec)
    assert rows[-1].split() == ["0", "1", "2", "3"]
