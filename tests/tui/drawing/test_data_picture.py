"""The chart of the companies' days."""

import numpy as np
import pytest

from lstm_engine.data.companies import WALK_THROUGH, Companies
from tui.drawing.cells import Cells, Role
from tui.drawing.data_picture import COMPANIES_SHOWN, data_picture
from tui.options import Marker

MARKERS: tuple[Marker, ...] = ("braille", "block", "ascii")


def rows(cells: Cells) -> list[str]:
    return [cells.text(row) for row in range(cells.height)]


def series(cells: Cells, number: int) -> str:
    """All characters of a company."""
    return "".join(cells.glyphs[cells.roles == Role.SERIES + number].tolist())


def companies(count: int, days: int) -> Companies:
    numbers = np.random.default_rng(0).normal(size=(count, days + 1)).tolist()
    names = tuple(f"company {number}" for number in range(count))
    return Companies("many.csv", names, tuple(tuple(row[:-1]) for row in numbers), tuple(row[-1] for row in numbers))


def test_the_walk_through() -> None:
    assert rows(data_picture(WALK_THROUGH, None, 50, 10, "braille")) == [
        " ● A  ▲ B                           ○△ to predict ",
        "1.0┤  ▲⢄⡀                           ●▲⡀⠒⠒⠒⠒⠒⠒⠒⠒△  ",
        "   │    ⠈⠑⠤⣀                     ⢀⠔⠊  ⠈⢆          ",
        "   │        ⠉⠢⢄⡀               ⢀⠔⠁      ⠑⢄        ",
        "0.5┤          ⢀●▲⠢⠤⢄⣀        ⡠⠔⠁          ⠱⡀      ",
        "   │       ⣀⠤⠊⠁      ⠉⠉⠒⠢⠤●▲⠊              ⠈⠢⡀    ",
        "   │   ⢀⡠⠔⠉                                  ⠈⢆   ",
        "0.0┤  ●⠁                                       ○  ",
        "   └──┬─────────┬──────────┬─────────┬─────────┬──",
        "    day 1     day 2      day 3     day 4     day 5",
    ]


def test_lines_on_top_of_each_other_take_turns() -> None:
    same = Companies("same", ("A", "B"), ((0.0, 1.0),) * 2, (0.0, 0.0))
    cells = data_picture(same, None, 60, 12, "braille")
    lengths = [len(series(cells, number)) for number in (0, 1)]
    assert min(lengths) > 15
    assert abs(lengths[0] - lengths[1]) <= 4


def test_each_company_has_a_glyph_of_its_own() -> None:
    for marker in MARKERS:
        cells = data_picture(companies(COMPANIES_SHOWN, 4), None, 100, 20, marker)
        glyphs = [series(cells, number)[0] for number in range(COMPANIES_SHOWN)]
        assert len(set(glyphs)) == COMPANIES_SHOWN


def test_more_companies_than_can_be_told_apart_are_counted() -> None:
    cells = data_picture(companies(1000, 4), (7, 500), 100, 20, "braille")
    assert "● company 7  ▲ company 500  and 998 more" in rows(cells)[0]
    cells = data_picture(companies(1000, 4), None, 160, 20, "braille")
    assert f"and {1000 - COMPANIES_SHOWN} more" in rows(cells)[0]


def test_days_too_near_for_glyphs_are_a_line_that_ends_in_the_day_to_predict() -> None:
    cells = data_picture(companies(1, 60), None, 80, 20, "braille")
    drawn = series(cells, 0)
    assert drawn.count("●") == 1  # the legend's
    assert drawn.count("○") == 1


def test_ascii_is_ascii() -> None:
    assert "".join(rows(data_picture(WALK_THROUGH, None, 60, 12, "ascii"))).isascii()


@pytest.mark.parametrize("marker", MARKERS)
@pytest.mark.parametrize("size", [(1, 1), (3, 2), (10, 3), (16, 5), (24, 7), (50, 10), (200, 50)])
def test_every_size_has_a_picture(size: tuple[int, int], marker: Marker) -> None:
    for table in (WALK_THROUGH, companies(7, 1), companies(3, 300)):
        cells = data_picture(table, None, *size, marker)
        assert (cells.width, cells.height) == size
        assert series(cells, 0)


def test_wide_names_and_none_chosen() -> None:
    named = Companies("wide", ("日本", "B"), ((1.0,), (1.0,)), (1.0, 1.0))
    assert "● 日本  ▲ B" in rows(data_picture(named, None, 60, 10, "braille"))[0]
    assert not data_picture(named, (), 60, 10, "braille").roles.any()
