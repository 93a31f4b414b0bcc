"""Characters from points: the drawing through plotext."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.drawing.cells import Cells, Glyphs, Role
from tui.drawing.plotting import Axes, draw_axes, draw_line
from tui.options import Marker

MARKERS: tuple[Marker, ...] = ("braille", "block", "ascii")
AXES = Axes(
    width=30,
    height=8,
    left=5,
    below=2,
    value_ticks=((0, "1.0"), (5, "0.0")),
    epoch_ticks=((0, "0"), (12, "500"), (24, "1000")),
    target_row=2,
    resume_columns=(10,),
)


def text(glyphs: Glyphs) -> list[str]:
    return ["".join(row) for row in glyphs.tolist()]


def roles(cells: Cells, role: Role) -> set[tuple[int, int]]:
    """The (row, column) of the cells with a role."""
    return set(zip(*(where.tolist() for where in np.nonzero(cells.roles == role)), strict=True))


def test_nothing_of_plotext_is_imported_before_the_first_drawing() -> None:
    """Its import takes longer than the first frame may."""
    program = "import sys, tui.drawing.plotting, tui.widgets.chart; sys.exit('plotext' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@pytest.mark.parametrize(
    ("marker", "points", "expected"),
    [
        ("braille", [(0, 0), (1, 1), (2, 2), (7, 7)], ["   ⠈", "⡠⠂  "]),
        ("block", [(0, 0), (1, 1), (2, 2), (7, 3)], [" ▖ ▝", "▞   "]),
        ("ascii", [(0, 0), (1, 1), (3, 1)], [" * *", "*   "]),
    ],
)
def test_points_land_in_their_part_of_a_cell(
    marker: Marker, points: list[tuple[int, int]], expected: list[str]
) -> None:
    x, y = [at for at, _ in points], [at for _, at in points]
    assert text(draw_line(x, y, [False] * len(points), 4, 2, marker)) == expected


def test_only_joined_points_have_a_line_between_them() -> None:
    x, y = [0, 3, 6], [0, 0, 0]
    assert text(draw_line(x, y, [False, True, False], 7, 1, "ascii")) == ["****  *"]


def test_any_character_draws() -> None:
    assert text(draw_line([0, 2], [0, 0], [False, True], 3, 1, "·")) == ["···"]


@given(st.integers(1, 8), st.data())
def test_a_part_is_drawn_as_in_the_whole(begin: int, data: st.DataObject) -> None:
    """So the columns of new epochs can be drawn alone."""
    width, height = 12, 5
    x = sorted(data.draw(st.sets(st.integers(2 * begin, 2 * width - 1), min_size=2)))
    y = data.draw(st.lists(st.integers(0, 4 * height - 1), min_size=len(x), max_size=len(x)))
    joined = [False, *[True] * (len(x) - 1)]
    whole = draw_line(x, y, joined, width, height, "braille")
    part = draw_line([at - 2 * begin for at in x], y, joined, width - begin, height, "braille")
    assert text(whole[:, begin:]) == text(part)


def test_the_terminal_size_does_not_clip(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    monkeypatch.setenv("LINES", "5")
    assert text(draw_line([0, 299], [0, 0], [False, True], 300, 1, "ascii")) == ["*" * 300]


def test_axes() -> None:
    cells = draw_axes(AXES, "braille")
    assert text(cells.glyphs) == [
        " 1.0┤          ╎              ",
        "    │          ╎              ",
        "    ├╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌╌╌╌╌",
        "    │          ╎              ",
        "    │          ╎              ",
        " 0.0┤          ╎              ",
        "    └┬─────────┴─┬───────────┬",
        "     0          500       1000",
    ]
    assert roles(cells, Role.TARGET) == {(2, column) for column in range(5, 30) if column != 15}
    assert roles(cells, Role.RESUME) == {(row, 15) for row in range(6)}
    assert {(row, 4) for row in range(7)} <= roles(cells, Role.AXIS)
    assert {(0, 1), (5, 3), (7, 5), (7, 29)} <= roles(cells, Role.LABEL)
    assert (cells.roles[cells.glyphs == " "] == Role.BLANK).all()


def test_ascii_axes_are_ascii() -> None:
    assert "".join(text(draw_axes(AXES, "ascii").glyphs)).isascii()


@pytest.mark.parametrize(("left", "below"), [(0, 0), (5, 0), (0, 2)])
def test_axes_can_be_left_out(left: int, below: int) -> None:
    cells = draw_axes(Axes(12, 4, left, below, value_ticks=((0, "1.0"),), epoch_ticks=((0, "0"),)), "braille")
    drawn = "".join(text(cells.glyphs))
    assert cells.glyphs.shape == (4, 12)
    assert ("1.0" in drawn) == (left > 0)
    assert ("─" in drawn) == (below > 0)


@pytest.mark.parametrize("marker", MARKERS)
def test_the_smallest_canvas(marker: Marker) -> None:
    assert draw_axes(Axes(1, 1, 0, 0), marker).glyphs.shape == (1, 1)
    assert text(draw_line([0], [0], [False], 1, 1, marker)) != [" "]
