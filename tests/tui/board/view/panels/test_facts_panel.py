"""What is known of a run beside its numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.board_feed import training
from tui.board.state.board import Board
from tui.board.state.reducer import told
from tui.board.view.panels.facts_panel import facts_panel
from tui.state.told import PriceFiles, Told


def lines(width: int) -> list[str]:
    panel = facts_panel(told(Board("a"), Told("a", training())), width)
    return ["".join(text for text, _ in panel.row(number, width)) for number in range(panel.count)]


def test_everything_that_was_told_is_there() -> None:
    text = "\n".join(lines(100))
    for fact in (
        *("hidden", "128", "optimizer", "Adam", "LitClassifier", "67,754 in 6 tensors, 67,722 trained"),
        *("lightning 2.6.6, torch 2.13.0", "cuda:0", "python train.py --lr 0.01", "bench", "4f2a9c1"),
    ):
        assert fact in text


def test_of_a_model_of_prices_no_command_of_ours_is_there() -> None:
    board = told(Board("a"), Told("a", training(), prices=PriceFiles(Path("a"))))
    panel = facts_panel(board, 100)
    text = "\n".join(text for number in range(panel.count) for text, _ in panel.row(number, 100))
    assert "python train.py" not in text
    assert "bench" in text


@pytest.mark.parametrize("width", [30, 58, 100])
def test_no_line_is_wider_than_its_room(width: int) -> None:
    assert max(map(len, lines(width))) <= width


def test_nothing_told_is_said() -> None:
    assert facts_panel(Board("a"), 80).count == 0
