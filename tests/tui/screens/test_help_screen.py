"""The help: every key of the table is in it, under a heading."""

from tui.actions import ACTIONS
from tui.screens.help_screen import help_lines


def test_every_action_s_key_stands_beside_its_sentence() -> None:
    lines = list(help_lines())
    for action in ACTIONS:
        assert [keys for keys, text in lines if text == action.help and action.label in keys.split(" ")], action.id


def test_headings_come_before_their_keys_and_are_there_once() -> None:
    lines = list(help_lines())
    headings = [key for key, text in lines if not text]
    assert lines[0][1] == ""
    assert len(set(headings)) == len(headings)
    assert {action.group for action in ACTIONS} <= set(headings)
