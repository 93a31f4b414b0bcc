"""The help says every key of the table, once."""

from __future__ import annotations

from tui.board.screen.board_help import board_help
from tui.board.view.actions import BOARD_ACTIONS


def test_every_key_is_there_under_a_heading() -> None:
    lines = board_help(steers=True, lists=True)
    assert not lines[0][1]
    labels = " ".join(key for key, text in lines if text).split(" ")
    for action in BOARD_ACTIONS:
        assert action.label.split(" ")[0] in labels
        assert any(text == action.help for _, text in lines)


def test_what_can_do_nothing_is_left_out() -> None:
    texts = [text for _, text in board_help(steers=False, lists=False)]
    left_out = {action.id for action in BOARD_ACTIONS if action.help not in texts}
    assert left_out == {action.id for action in BOARD_ACTIONS if action.group == "training"} | {"runs"}
