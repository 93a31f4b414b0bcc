"""The map of a gate."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import ArrayLike

from tui.board.drawing.gate_map import GateMap, gate_map, means_of
from tui.drawing.cells import Cells
from tui.drawing.heat import HEAT


def made(values: ArrayLike, deviates: bool = False, has_colour: bool = False, ascii_text: bool = False) -> GateMap:
    """values: [unit][time step]."""
    array = np.array(values, np.float64).T
    return gate_map(array, deviates=deviates, has_colour=has_colour, ascii_text=ascii_text)


def text(cells: Cells) -> list[str]:
    return [cells.text(row) for row in range(cells.height)]


def test_the_most_open_unit_is_above_and_time_goes_to_the_right() -> None:
    found = made([[0.0, 0.1], [0.9, 1.0], [0.5, 0.5]])
    assert (found.low, found.high) == (0.0, 1.0)
    assert text(found.cells(2, 3)) == ["██", "▅▅", "▁▁"]
    assert text(found.cells(100, 3)) == ["████████", "▅▅▅▅▅▅▅▅", "▁▁▁▁▁▁▁▁"]


def test_units_whose_means_can_hardly_be_told_apart_stay_in_their_order() -> None:
    before = made([[0.0, 1.0], [0.40, 0.602], [0.45, 0.551]])
    after = made([[0.0, 1.0], [0.40, 0.600], [0.45, 0.552]])
    assert before.values[:, 0].tolist() == after.values[:, 0].tolist() == [0.0, 0.40, 0.45]


@pytest.mark.parametrize(
    ("values", "ends"),
    [
        ([[0.41, 0.77]], (0.40, 0.80)),
        ([[0.612, 0.619]], (0.61, 0.62)),
        ([[0.5, 0.5]], (0.5, 0.51)),
        ([[-0.93, 0.98]], (-0.95, 1.0)),
        ([[np.nan, np.nan]], (0.0, 1.0)),
    ],
)
def test_the_scale_is_its_own_between_round_numbers(values: ArrayLike, ends: tuple[float, float]) -> None:
    found = made(values)
    assert (found.low, found.high) == pytest.approx(ends)
    assert np.isfinite(found.cells(2, 1).roles).all()


def test_deviations_are_from_each_unit_s_own_mean_around_nothing() -> None:
    found = made([[0.4, 0.6], [0.1, 0.1]], deviates=True)
    assert (found.low, found.high) == pytest.approx((-0.1, 0.1))
    assert found.values.tolist() == [pytest.approx([-0.1, 0.1]), pytest.approx([0.0, 0.0])]


def test_in_colour_a_row_of_cells_is_two_units() -> None:
    found = made(np.linspace(0, 1, 32)[:, None].repeat(30, axis=1), has_colour=True)
    cells = found.cells(38, 16)
    assert (cells.height, cells.width) == (16, 30)
    assert (cells.roles >= HEAT).all()
    assert set(text(made([[0.0, 1.0]], ascii_text=True).cells(2, 1))[0]) == {".", "@"}


def test_what_is_not_finite_is_left_out() -> None:
    assert text(made([[0.0, np.nan, 1.0]]).cells(3, 1)) == ["▁ █"]
    assert made([[np.nan, np.nan], [0.1, 0.9]]).values[0].tolist() == [0.1, 0.9]


def test_where_room_is_short_a_cell_is_a_mean() -> None:
    values = np.arange(12.0).reshape(6, 2)
    assert means_of(values, 3).tolist() == [[1, 2], [5, 6], [9, 10]]
    assert means_of(values, 4, axis=0).shape == (3, 2)
    assert means_of(values, 1, axis=1).tolist() == [[0.5], [2.5], [4.5], [6.5], [8.5], [10.5]]
    assert means_of(values, 6) is values


def test_the_scale_goes_from_its_low_end_to_its_high_one() -> None:
    assert text(made([[0.0, 1.0]]).scale(8)) == ["▁▂▃▄▅▆▇█"]
    assert made([[0.0, 1.0]], has_colour=True).scale(16).height == 1
