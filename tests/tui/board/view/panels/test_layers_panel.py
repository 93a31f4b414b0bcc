"""The layers of a model, and what is wrong there."""

from __future__ import annotations

import pytest

from tests.support.board_feed import opening, training
from tui.board.state.board import Board
from tui.board.state.reducer import told
from tui.board.view.panels.layers_panel import layer_rows, layers_panel
from tui.state.told import Told
from tui.text.pieces import pieces_width

BOARD = told(Board("a"), Told("a", training()))


def test_vanishing_exploding_and_dead_ones_are_marked() -> None:
    verdicts = {row.tensor.name: row.verdict for row in layer_rows(BOARD)}
    assert verdicts == {
        "conv1.weight": "",
        "conv1.bias": "",
        "norm.weight": "frozen",
        "encoder.lstm.weight_hh_l0": "vanishing",
        "head.weight": "dead",
        "head.bias": "exploding",
    }
    assert layers_panel(BOARD, ascii_text=False).title == "layers · 6 at step 160 · 3 marked"


@pytest.mark.parametrize("width", [56, 76, 90, 156])
def test_rows_fit_and_have_a_curve(width: int) -> None:
    panel = layers_panel(BOARD, ascii_text=False)
    assert pieces_width(panel.heading(width)) <= width
    for number in range(panel.count):
        assert pieces_width(panel.row(number, width)) <= width
    assert "█▇▆▅▄" in "".join(text for text, _ in panel.row(0, width))


def test_a_wide_row_has_shape_and_count() -> None:
    row = "".join(text for text, _ in layers_panel(BOARD, ascii_text=False).row(0, 156))
    assert "32×3×3×3" in row
    assert "864" in row


def test_before_statistics_came_the_tensors_are_there_with_nothing_wrong() -> None:
    rows = layer_rows(told(Board("a"), Told("a", opening())))
    assert [row.verdict for row in rows] == ["", "", "frozen", "", "", ""]
    assert layers_panel(Board("a"), ascii_text=False).count == 0
