"""A rectangle of characters and roles."""

import numpy as np

from tui.drawing.cells import Cells, Role


def test_writing_is_cut_off_at_the_edge_and_knows_wide_characters() -> None:
    cells = Cells.blank(6, 2)
    assert cells.write(0, 1, "日本語", Role.LABEL) == 5
    assert cells.write(1, 6, "out", Role.LABEL) == 0
    assert cells.text(0) == " 日本語"
    assert cells.text(0, 3, 5) == "本"


def test_nothing_is_written_above_or_below() -> None:
    cells = Cells.blank(3, 2)
    assert (cells.write(-1, 0, "ab", 1), cells.write(2, 0, "ab", 1)) == (0, 0)
    assert not cells.roles.any()


def test_a_part_shares_the_cells() -> None:
    cells = Cells.blank(3, 2)
    cells.part(1, 1, 2, 1).overlay(np.array([[" ", "x"]]), Role.CURVE)
    assert ["".join(row) for row in cells.glyphs] == ["   ", "  x"]
    assert cells.roles.tolist() == [[0, 0, 0], [0, 0, Role.CURVE]]
