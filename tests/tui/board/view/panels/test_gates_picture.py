"""Maps of gates under a heading."""

from __future__ import annotations

import numpy as np
import pytest

from tui.board.view.panels.gates_picture import GatesWords, gates_picture

GATES = {name: np.tile(np.arange(8) / 7, (5, 1)) for name in ("input", "forget")}
WORDS = GatesWords(["a", "b"], ["before"], ["behind"], lambda name, room: f"{name} {room}")


def text(width: int, height: int, unit: int | None = None, *, has_colour: bool = False) -> list[str]:
    cells = gates_picture(
        GATES, WORDS, width, height, deviates=False, has_colour=has_colour, ascii_text=False, unit=unit
    )
    return [cells.text(row).rstrip() for row in range(cells.height)]


def test_words_stand_around_how_to_read_the_maps() -> None:
    assert text(60, 40)[:2] == [" a · b", " before · most open units above · behind"]
    assert "a cell is a mean of" in text(60, 12)[1]


def test_a_curve_has_a_line_where_the_map_keeps_enough() -> None:
    lines = text(60, 40)
    assert lines.index(" input 59") == 4
    assert lines[5].strip()
    assert not any("input 59" in line for line in text(60, 14))


@pytest.mark.parametrize("has_colour", [True, False])
@pytest.mark.parametrize("height", [16, 40])
def test_the_line_of_a_unit_is_marked(height: int, *, has_colour: bool) -> None:
    marks = []
    for unit in range(8):  # the last one is the most open
        lines = text(60, height, unit, has_colour=has_colour)
        assert "".join(lines).count("›") == 2
        marks.append([number for number, line in enumerate(lines) if "›" in line])
    assert marks == sorted(marks, reverse=True)
    assert marks[0][0] > marks[7][0]


@pytest.mark.parametrize("height", range(17))
def test_it_fits(height: int) -> None:
    for width in (1, 2, 10, 40, 120):
        assert all(len(line) <= width for line in text(width, height, unit=3))
