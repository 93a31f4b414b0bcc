"""The layers of a model, and what is wrong there."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from lstm_engine.weight_history.history import read_history
from tests.support.board_feed import opening, training
from tests.support.weight_histories import put_tensors
from tui.board.state.board import Board
from tui.board.state.inside import Inside
from tui.board.state.reducer import told
from tui.board.view.panels.layers_panel import LayersAsked, layer_rows, layers_panel
from tui.board.view.place_in_time import PlaceInTime
from tui.state.told import Told
from tui.text.pieces import pieces_width

BOARD = told(Board("a"), Told("a", training()))


def test_vanishing_exploding_and_dead_ones_are_marked() -> None:
    verdicts = {row.tensor.name: row.verdict for row in layer_rows(BOARD, BOARD.layers.newest)}
    assert verdicts == {
        "conv1.weight": "",
        "conv1.bias": "",
        "norm.weight": "frozen",
        "encoder.lstm.weight_hh_l0": "vanishing",
        "head.weight": "dead",
        "head.bias": "exploding",
    }
    assert layers_panel(BOARD, LayersAsked()).title == "layers · 6 at step 160 · 3 marked"


@pytest.mark.parametrize("width", [56, 76, 90, 156])
def test_rows_fit_and_have_a_curve(width: int) -> None:
    panel = layers_panel(BOARD, LayersAsked())
    assert pieces_width(panel.heading(width)) <= width
    for number in range(panel.count):
        assert pieces_width(panel.row(number, width)) <= width
    assert "█▇▆▅▄" in "".join(text for text, _ in panel.row(0, width))


def test_a_wide_row_has_shape_and_count() -> None:
    row = "".join(text for text, _ in layers_panel(BOARD, LayersAsked()).row(0, 156))
    assert "32×3×3×3" in row
    assert "864" in row


def test_before_statistics_came_the_tensors_are_there_with_nothing_wrong() -> None:
    rows = layer_rows(told(Board("a"), Told("a", opening())), None)
    assert [row.verdict for row in rows] == ["", "", "frozen", "", "", ""]
    assert layers_panel(Board("a"), LayersAsked()).count == 0


def test_of_a_model_whose_parameters_are_kept_the_numbers_are_of_the_epoch(tmp_path: Path) -> None:
    bias = {epoch: {"conv1.bias": np.full(4, epoch, np.float32)} for epoch in (1, 2)}
    put_tensors(tmp_path, bias)
    inside = Inside(tmp_path, read_history(tmp_path))
    newest = layers_panel(BOARD, LayersAsked(), inside)
    assert newest.title == "layers · 6 at epoch 2 · gradients at step 160 · 3 marked"
    text = "".join(text for text, _ in newest.row(1, 156))
    assert text.split()[3:8] == ["8.99e-03", "4.00e+00", "1.00e+00", "2.00e+00", "2.00e+00"]
    first = layers_panel(BOARD, LayersAsked(place=PlaceInTime(40, 1)), inside)
    assert first.title == "layers · 6 at epoch 1 · gradients at step 40 · 3 marked"
    assert "".join(text for text, _ in first.row(1, 156)).split()[4:7] == ["2.00e+00", "–", "1.00e+00"]
    assert "change" in "".join(text for text, _ in first.heading(90))
    before = layers_panel(BOARD, LayersAsked(place=PlaceInTime(-1, 0)), inside)
    assert before.title == "layers · 6 at ≈ epoch 1"
