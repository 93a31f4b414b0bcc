"""The keys of the footer: as many as fit, the important ones longest, none that would be refused."""

from __future__ import annotations

from typing import get_args

import pytest

from tests.support.script import READY, opened, ready, resumed, session_after, training
from tui.actions import ACTIONS, BY_ID, refusal
from tui.state.session import State
from tui.view.footer import _ENTRIES, footer_actions, footer_key, footer_word

STATES = get_args(State)


@pytest.mark.parametrize("state", STATES)
def test_a_narrower_footer_leaves_out_what_matters_least(state: State) -> None:
    widest = footer_actions(state, 10_000)
    for width in range(200):
        actions = footer_actions(state, width)
        assert sum(len(f" {footer_key(one)} {footer_word(one, state)} ") for one in actions) + 1 <= max(width, 1)
        assert actions == [one for one in widest if one in actions], "in the table's order"
        left_out = [_ENTRIES[one.id].rank for one in widest if one not in actions]
        assert not left_out or max((_ENTRIES[one.id].rank for one in actions), default=0) <= min(left_out)


def test_space_says_what_it_does() -> None:
    words = {state: footer_word(BY_ID["train"], state) for state in STATES}
    assert words == {
        "loading": "train",
        "ready": "train",
        "training": "pause",
        "paused": "resume",
        "finished": "add epochs",
        "failed": "retry",
        "elsewhere": "look again",
    }


@pytest.mark.parametrize("script", [[], ready(), training(), [READY, opened(epoch=2000)], resumed()])
def test_no_training_key_is_shown_that_would_be_refused(script: list) -> None:
    session = session_after(script)
    shown = footer_actions(session.state, 10_000)
    assert not [one.id for one in shown if one.group == "training" and refusal(one, session)]
    assert len(shown) < len(ACTIONS)
