"""What all curves have in common: from (minimum, maximum) per column to characters, drawn from where they moved."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tui.drawing.cells import Role
from tui.drawing.layer import Layer, Pen
from tui.drawing.scales import value_scale

SCALE = value_scale(0.0, 1.0, 4)


@dataclass
class Given:
    """Columns as a test has them."""

    low: NDArray[np.float64]
    high: NDArray[np.float64]
    filled: NDArray[np.bool_]

    def extent(self, *, positive: bool = False) -> tuple[float, float] | None:
        return None if positive else (0.0, 1.0)


class GivenLayer(Layer[Given]):
    columns = Given(np.empty(0), np.empty(0), np.empty(0, np.bool_))  # type: ignore[assignment]

    def goes_on_in(self, _: Given) -> bool:
        return True

    def follow(self, data: Given) -> None:
        self.columns = data  # type: ignore[method-assign, assignment]


def given(low: list[float], high: list[float] | None = None, filled: list[bool] | None = None) -> Given:
    return Given(
        np.array(low),
        np.array(low if high is None else high),
        np.array([True] * len(low) if filled is None else filled),
    )


def drawn(*steps: Given) -> tuple[list[str], list[bool]]:
    layer = GivenLayer(Pen(Role.CURVE, "*"))
    layer.lay_out(0, 5, 6, 4)
    changed = []
    for each in steps:
        layer.follow(each)
        changed.append(layer.draw(SCALE))
    return ["".join(row) for row in layer.glyphs.tolist()], changed


def test_a_line_goes_through_the_columns_and_over_those_without_a_place() -> None:
    rows, _ = drawn(given([0.0] * 6, filled=[True, False, False, False, False, True]))
    assert rows == ["      ", "      ", "      ", "******"]


def test_a_column_without_a_value_is_a_gap() -> None:
    rows, _ = drawn(given([1.0, 1.0, np.nan, np.nan, 1.0, 1.0]))
    assert rows[0] == "**  **"


def test_a_column_goes_from_its_minimum_to_its_maximum() -> None:
    rows, _ = drawn(given([0.0] * 3, [0.0, 1.0, 0.0]))
    assert [row[1] for row in rows] == ["*", "*", "*", "*"]


def test_what_has_not_moved_is_not_drawn_again() -> None:
    rows, changed = drawn(given([0.0, 0.0, 1.0]), given([0.0, 0.0, 1.0]), given([0.0, 0.0, 0.0, 0.0]))
    assert changed == [True, False, True]
    assert rows == ["      ", "      ", "      ", "****  "]


def test_its_extent_is_that_of_its_columns() -> None:
    layer = GivenLayer(Pen(Role.CURVE, "*"))
    assert layer.extent(positive=False) == (0.0, 1.0)
    assert layer.extent(positive=True) is None
