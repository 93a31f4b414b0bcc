"""Numbers as shades."""

from __future__ import annotations

import numpy as np
import pytest

from tui.drawing.cells import Role
from tui.drawing.heat import AROUND, DEVIATION, HEAT, NOTHING, SHADES, heat_cells, heat_colours, is_heat, shades

KINDS = pytest.mark.parametrize("kind", [HEAT, DEVIATION])
GROUNDS = pytest.mark.parametrize("is_dark", [True, False])


def test_a_scale_has_so_many_shades_from_end_to_end() -> None:
    found = shades(np.linspace(0, 1, 1001), 0.0, 1.0)
    assert (found[0], found[-1], len(set(found.tolist()))) == (0, SHADES - 1, SHADES)
    assert shades(np.array([-9.0, 9.0, np.nan, np.inf]), 0.0, 1.0).tolist() == [0, SHADES - 1, NOTHING, NOTHING]
    assert shades(np.array([-1.0, -0.01, 0.0, 0.01, 1.0]), -1.0, 1.0, AROUND).tolist() == [0, 7, 7, 7, 14]


def test_two_rows_share_a_row_of_cells() -> None:
    cells = heat_cells(np.array([[3, 3, NOTHING], [3, 5, 2], [1, NOTHING, 4]]))
    assert (cells.width, cells.height) == (3, 2)
    assert (cells.text(0), cells.text(1)) == (" ▀▄", "▀ ▀")


@KINDS
@GROUNDS
def test_a_cell_has_the_colours_of_its_two_shades(kind: int, is_dark: bool) -> None:
    cells = heat_cells(np.array([[2, 2, NOTHING, 9], [8, 2, 6, NOTHING]]), kind)
    of = [heat_colours(int(role), is_dark=is_dark) for role in cells.roles[0]]
    (upper, lower), (none, whole), (below, nothing), (above, _) = of
    assert (none, nothing) == (None, None)
    assert whole == upper
    assert len({upper, lower, below, above}) == 4


@KINDS
@GROUNDS
def test_shades_are_told_apart_from_their_neighbours(kind: int, is_dark: bool) -> None:
    count = AROUND if kind == DEVIATION else SHADES
    cells = heat_cells(np.arange(count)[None, :].repeat(2, axis=0), kind)
    colours = [heat_colours(int(role), is_dark=is_dark)[1] for role in cells.roles[0]]
    assert len(set(colours)) == count


def test_no_other_role_is_a_shade() -> None:
    assert not any(map(is_heat, [*Role, Role.SERIES + 5]))
    assert is_heat(HEAT)
