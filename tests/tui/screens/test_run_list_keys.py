"""The keys of the run list are there, and the line below it names none that is not."""

from __future__ import annotations

import pytest

from tui.screens.run_list import RunList
from tui.screens.run_list_keys import KEY_BINDINGS, KEYS

ACTIONS = {*(binding.action for binding in KEY_BINDINGS), *(action for _, _, action in KEYS)}


@pytest.mark.parametrize("action", sorted(action for action in ACTIONS if "(" not in action))
def test_every_action_is_one_of_the_list(action: str) -> None:
    assert hasattr(RunList, f"action_{action}")


def test_a_button_below_does_what_its_key_does() -> None:
    actions = {key: binding.action for binding in KEY_BINDINGS for key in binding.key.split(",")}
    actions |= {"Enter": "open", "/": actions["slash"], "?": actions["question_mark"], "sS": actions["s"]}
    assert all(actions[label] == action for label, _, action in KEYS)
