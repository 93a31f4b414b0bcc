"""The picture of a curve over epochs, drawn in one go and bit by bit."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from tui.drawing import layer as layer_module
from tui.drawing.axes_spec import AxesSpec
from tui.drawing.cells import Cells, Glyphs, Role
from tui.drawing.curve_picture import CurvePicture
from tui.drawing.curves import Beside
from tui.drawing.plotting import Numbers, draw_line
from tui.options import Marker

#: All within the range of the first two, so that the axis is the same whenever it is first drawn.
ENDS = [10.0, 0.0625]
FLOATS = st.floats(ENDS[1], ENDS[0], width=32) | st.sampled_from([np.nan, np.inf])
MARKERS: tuple[Marker, ...] = ("braille", "block", "ascii")
EPOCHS = np.arange(2001)
LOSS = (0.57 * np.exp(-EPOCHS / 900)).astype(np.float32)
WIDE = AxesSpec(60, 14, "braille", 0, 3000, resumes=(2000,))
PICTURE = [
    "  0.6┤                                   ╎ resumed          ",
    "     │⠹⣄                                 ╎                  ",
    "     │ ⠈⠳⣄                               ╎                  ",
    "     │   ⠈⠳⣄                             ╎                  ",
    "  0.4┤     ⠈⠳⣄                           ╎                  ",
    "     │       ⠈⠑⢦⣀                        ╎                  ",
    "     │          ⠈⠓⢦⣀                     ╎                  ",
    "  0.2┤             ⠈⠙⠲⢤⣀                 ╎                  ",
    "     │                 ⠈⠉⠒⠦⢤⣀⡀           ╎                  ",
    "     │                       ⠉⠙⠒⠲⠤⢤⣀⣀⡀   ╎                  ",
    "     │                               ⠉⠉⠉⠓⠒                  ",
    "  0.0┤                                   ╎                  ",
    "     └┬─────────────────┬────────────────┼─────────────────┬",
    "      0                1000             2000            3000",
]


def rows(cells: Cells | None) -> list[str]:
    assert cells is not None
    return [cells.text(row) for row in range(cells.height)]


def canvas_of(cells: Cells | None, role: Role) -> set[tuple[int, int]]:
    """The (row, column) of the cells with a role."""
    assert cells is not None
    return set(zip(*(where.tolist() for where in np.nonzero(cells.roles == role)), strict=True))


@given(
    spec=st.builds(
        AxesSpec,
        width=st.integers(1, 60),
        height=st.integers(1, 16),
        marker=st.sampled_from(MARKERS),
        x_start=st.just(0),
        x_end=st.integers(1, 150),
        resumes=st.just((40,)),
        target=st.none() | st.floats(ENDS[1], ENDS[0]),
        log=st.booleans(),
    ),
    numbers=st.lists(FLOATS, max_size=200),
    lengths=st.lists(st.integers(0, 200), max_size=4),
)
def test_drawn_bit_by_bit_it_is_the_same_picture(spec: AxesSpec, numbers: list[float], lengths: list[int]) -> None:
    values = np.array([*ENDS, *numbers], np.float32)
    picture = CurvePicture()
    for length in sorted(lengths):
        picture.draw(spec, values[: len(ENDS) + length])
    bit_by_bit, at_once = picture.draw(spec, values), CurvePicture().draw(spec, values)
    assert bit_by_bit is not None
    assert at_once is not None
    assert rows(bit_by_bit) == rows(at_once)
    assert (bit_by_bit.roles == at_once.roles).all()


def test_the_walk_through() -> None:
    assert rows(CurvePicture().draw(WIDE, LOSS)) == PICTURE


def test_only_the_columns_of_new_epochs_are_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    widths: list[int] = []

    def recording(x: Numbers, y: Numbers, joined: NDArray[np.bool_], width: int, height: int, marker: str) -> Glyphs:
        widths.append(width)
        return draw_line(x, y, joined, width, height, marker)

    monkeypatch.setattr(layer_module, "draw_line", recording)
    picture = CurvePicture()
    for length in (1500, 1540, 1580, 1581):
        picture.draw(WIDE, LOSS[:length])
    assert widths[0] > 20
    assert max(widths[1:]) <= 4


def test_what_looks_the_same_is_the_same_object() -> None:
    picture = CurvePicture()
    flat = np.ones(1_000_000, np.float32)
    spec = AxesSpec(40, 10, "braille", 0, 1_000_000)
    first = picture.draw(spec, flat[:505_000])
    assert picture.draw(spec, flat[:505_100]) is first
    assert picture.draw(spec, flat[:600_000]) is not first


def test_values_that_cannot_be_drawn_are_gaps() -> None:
    values = np.ones(9, np.float32)
    values[[2, 3, 6]] = np.nan, np.inf, -np.inf
    cells = CurvePicture().draw(AxesSpec(9, 3, "ascii", 0, 8), values)
    assert rows(cells)[1] == "**  ** **"


def test_on_a_logarithmic_axis_zero_and_below_are_gaps() -> None:
    values = np.array([1, 1, 0, 1, -1, 1], np.float32)
    cells = CurvePicture().draw(AxesSpec(6, 3, "ascii", 0, 5, log=True), values)
    assert rows(cells)[-1] == "** * *"


@pytest.mark.parametrize("values", [[], [np.nan], [np.nan, np.inf]])
def test_without_a_value_there_is_no_picture(values: list[float]) -> None:
    assert CurvePicture().draw(WIDE, np.array(values, np.float32)) is None


@pytest.mark.parametrize("marker", MARKERS)
@pytest.mark.parametrize(
    "size", [(1, 1), (2, 1), (1, 9), (10, 3), (15, 5), (16, 6), (23, 4), (24, 4), (24, 6), (200, 60)]
)
def test_every_size_has_a_picture(size: tuple[int, int], marker: Marker) -> None:
    spec = AxesSpec(*size, marker, 0, 3000, resumes=(1000, 2000), target=0.3)
    cells = CurvePicture().draw(spec, LOSS, behind=(LOSS / 2,), cursor=1200)
    assert cells is not None
    assert (cells.width, cells.height) == size
    assert canvas_of(cells, Role.CURVE) | canvas_of(cells, Role.CURSOR)


def test_ascii_pictures_are_ascii() -> None:
    spec = replace(WIDE, marker="ascii", target=0.3)
    assert "".join(rows(CurvePicture().draw(spec, LOSS, behind=(LOSS / 2,), cursor=1200))).isascii()


def test_without_colour_all_that_is_drawn_differs() -> None:
    """Curve, ghost, target, resume marker and cursor each have a character of their own."""
    for marker in MARKERS:
        spec = AxesSpec(60, 14, marker, 0, 3000, resumes=(2000,), target=0.3)
        cells = CurvePicture().draw(spec, LOSS, behind=(np.full(2401, 0.2, np.float32),), cursor=2500)
        assert cells is not None
        drawn = [Role.CURVE, Role.GHOST, Role.TARGET, Role.RESUME, Role.CURSOR]
        glyphs = [
            set(cells.glyphs[:12, 6:][cells.roles[:12, 6:] == role].tolist()) - set("┼+resumed") for role in drawn
        ]
        assert all(glyphs)
        assert sum(map(len, glyphs)) == len(set().union(*glyphs))


def test_the_target_is_in_sight_even_where_the_curve_is_far_from_it() -> None:
    cells = CurvePicture().draw(replace(WIDE, target=-3.0, resumes=()), LOSS)
    assert {row for row, _ in canvas_of(cells, Role.TARGET)} == {11}


def test_the_value_axis_does_not_move_when_values_return() -> None:
    picture = CurvePicture()
    values = np.array([0, 4, *[1] * 100], np.float32)
    spec = AxesSpec(40, 10, "braille", 0, 100)
    labels = [[row[:5] for row in rows(picture.draw(spec, values[:length]))] for length in (2, 3, 50, 102)]
    assert labels.count(labels[0]) == len(labels)


def test_zooming_in_fits_the_axis_to_what_is_in_sight() -> None:
    picture = CurvePicture()
    picture.draw(WIDE, LOSS)
    zoomed = rows(picture.draw(replace(WIDE, x_start=1900, x_end=2000), LOSS))
    assert zoomed[-1].split()[0] == "1900"
    assert not any(row.startswith("  0.4") for row in zoomed)


def test_another_run_is_noticed() -> None:
    picture = CurvePicture()
    picture.draw(WIDE, LOSS)
    other = np.linspace(5, 6, len(LOSS), dtype=np.float32)
    assert rows(picture.draw(WIDE, other)) == rows(CurvePicture().draw(WIDE, other))


def test_a_label_beside_a_resume_marker_gives_way_to_curve_and_cursor() -> None:
    spec = AxesSpec(60, 14, "braille", 0, 3000, resumes=(1500,))
    free = CurvePicture().draw(spec, LOSS)
    under_cursor = CurvePicture().draw(spec, LOSS, cursor=1700)
    crossed = CurvePicture().draw(spec, np.linspace(0, 0.6, 1800, dtype=np.float32))
    assert "resumed" in rows(free)[0]
    assert "resumed" not in "".join(rows(crossed))
    assert not {"s", "u", "m"} & set(rows(under_cursor)[0])


def test_resumes_too_near_for_labels_have_none() -> None:
    cells = CurvePicture().draw(replace(WIDE, resumes=(2000, 2100, 2950)), LOSS)
    assert "".join(rows(cells)).count("resumed") == 1
    assert len({column for _, column in canvas_of(cells, Role.RESUME)} - set(range(46, 56))) >= 2


def test_the_cursor_stands_on_its_epoch_and_says_which_it_is() -> None:
    picture = CurvePicture()
    cells = picture.draw(WIDE, LOSS, cursor=1210)
    column = picture.column_of(1210)
    assert {(row, column) for row in range(12)} <= canvas_of(cells, Role.CURSOR)
    assert rows(cells)[-1].split() == ["0", "1210", "2000", "3000"]
    assert not canvas_of(picture.draw(WIDE, LOSS, cursor=None), Role.CURSOR)
    assert not canvas_of(picture.draw(WIDE, LOSS, cursor=3001), Role.CURSOR)


@example(24, 199, 1, "braille")
@given(st.integers(1, 80), st.integers(0, 500), st.integers(0, 5000), st.sampled_from(MARKERS))
def test_a_column_shows_the_epoch_it_says(width: int, x_start: int, span: int, marker: Marker) -> None:
    picture = CurvePicture()
    spec = AxesSpec(width, 8, marker, x_start, x_start + span)
    picture.draw(spec, np.zeros(x_start + span + 1, np.float32))  # of labels that are no wider than any
    left = 6 if width >= 24 else 0
    for column in range(width):
        epoch = picture.epoch_at(column)
        assert x_start <= epoch <= x_start + span
        if span >= 2 * width and column >= left:
            assert picture.column_of(epoch) == column
    assert (picture.epoch_at(0), picture.epoch_at(width)) == (x_start, x_start + span)
    assert picture.column_of(x_start) == left
    assert picture.column_of(x_start - 1) == picture.column_of(x_start + span + 1) == -1


def test_before_anything_is_drawn_no_column_shows_an_epoch() -> None:
    assert CurvePicture().column_of(3) == -1
    assert CurvePicture().epoch_at(3) == 0


# --- one value axis for two charts -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ours", "theirs", "target_beside", "top", "top_alone"),
    [
        ([0.0, 0.4], [0.0, 0.9], None, "0.75", "0.4"),
        ([0.0, 0.4], [0.3, 0.5], 1.0, "1.00", "0.4"),
        ([0.0, 0.4], [0.0, 2.0], None, "0.4", "0.4"),  # ours would be flat
        ([0.0, 0.4], [0.1, 0.2], None, "0.4", "0.4"),  # theirs would be
        ([0.0, 0.4], [0.2, np.nan], 0.3, "0.4", "0.4"),
        ([0.0, 0.4], [np.nan, np.nan], 1.0, "0.4", "0.4"),
    ],
)
def test_charts_share_an_axis_where_neither_becomes_flat(
    ours: list[float], theirs: list[float], target_beside: float | None, top: str, top_alone: str
) -> None:
    spec = AxesSpec(60, 14, "braille", 0, 1)
    values, beside = np.array(ours, np.float32), Beside((np.array(theirs, np.float32),), target_beside)

    def highest(cells: Cells | None) -> str:
        return next(line[:6].strip(" ┤┼") for line in rows(cells) if "┤" in line or "┼" in line)

    assert highest(CurvePicture().draw(spec, values)) == top_alone
    assert highest(CurvePicture().draw(spec, values, beside=beside)) == top


def test_what_is_beside_is_followed_as_it_grows_and_not_drawn() -> None:
    spec, ours, theirs = AxesSpec(60, 14, "braille", 0, 3), np.array([0.0, 0.4]), np.array([0.0, 0.2, 0.6, 0.9])
    picture = CurvePicture()
    alone = rows(picture.draw(spec, ours, beside=Beside((theirs[:2],))))
    assert alone == rows(CurvePicture().draw(spec, ours)), "nothing of the other one is to be seen"
    grown = rows(picture.draw(spec, ours, beside=Beside((theirs,))))
    assert grown == rows(CurvePicture().draw(spec, ours, beside=Beside((theirs,))))
    assert grown != alone
