"""The checkpoints of a run, in a panel."""

from __future__ import annotations

from tests.support.board_feed import saved, training
from tui.board.state.board import Board
from tui.board.state.reducer import told
from tui.board.view.panels.checkpoint_panel import checkpoint_panel, newest_first
from tui.state.told import Told


def test_the_newest_stands_first_with_what_its_worth() -> None:
    board = told(Board("a"), Told("a", [*training(), saved(210, exact=False, by="lstm-tui")]))
    panel = checkpoint_panel(board)
    assert panel.count == len(newest_first(board)) == 6
    assert newest_first(board)[0].step == 210
    first, second = ("".join(text for text, _ in panel.row(number, 100)) for number in (0, 1))
    assert "5+" in first
    assert "not exact" in first
    assert "the dataset is iterable" in first
    assert "lstm-tui" in first
    assert "exact        step=200.ckpt · ModelCheckpoint" in second
    assert len("".join(text for text, _ in panel.row(0, 58))) <= 58
