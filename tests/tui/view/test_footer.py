"""The keys of the footer: as many as fit, the important ones longest, none that would be refused."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from lstm_engine.protocol.messages import Stopped
from tests.support.script import DIRECTORY, READY, RUN, checkpoint, opened, ready, resumed, session_after, training
from tui.actions import ACTIONS, BY_ID, refusal
from tui.state.elsewhere import Elsewhere
from tui.state.session import State
from tui.state.updates import EngineGone
from tui.view.footer import footer_actions, footer_key, footer_rank, footer_state, footer_word

STATES = get_args(State)


@pytest.mark.parametrize("state", STATES)
def test_a_narrower_footer_leaves_out_what_matters_least(state: State) -> None:
    widest = footer_actions(state, 10_000)
    for width in range(200):
        actions = footer_actions(state, width)
        assert sum(len(f" {footer_key(one)} {footer_word(one, state)} ") for one in actions) + 1 <= max(width, 1)
        assert actions == [one for one in widest if one in actions], "in the table's order"
        left_out = [footer_rank(one, state) for one in widest if one not in actions]
        assert not left_out or max((footer_rank(one, state) for one in actions), default=0) <= min(left_out)


@pytest.mark.parametrize("width", [160, 80, 60])
@pytest.mark.parametrize("state", STATES)
def test_the_key_that_leaves_a_training_running_stands_at_every_size_while_it_trains(state: State, width: int) -> None:
    shown = {one.id: f"{footer_key(one)} {footer_word(one, state)}" for one in footer_actions(state, width)}
    assert shown.get("detach") == ("D detach" if state == "training" else None)
    assert "quit" in shown


def test_space_says_what_it_does() -> None:
    words = {state: footer_word(BY_ID["train"], state) for state in STATES}
    assert words == {
        "loading": "train",
        "ready": "train",
        "training": "pause",
        "paused": "resume",
        "stopped": "go on",
        "finished": "add epochs",
        "failed": "retry",
        "elsewhere": "look again",
    }


STOPPED = [Stopped(run=RUN, directory=DIRECTORY, epoch=2000, checkpoint=checkpoint(2000)), EngineGone(0)]


@pytest.mark.parametrize(
    "script",
    [
        *([], ready(), training(), [READY, opened(epoch=2000)], resumed(), [*training(), *STOPPED]),
        *([READY, opened(epoch=2000), *STOPPED], [*training(), EngineGone(-9)]),
    ],
)
def test_no_training_key_is_shown_that_would_be_refused(script: list) -> None:
    session = session_after(script)
    shown = footer_actions(footer_state(session), 10_000)
    assert not [one.id for one in shown if one.group == "training" and refusal(one, session)]
    assert len(shown) < len(ACTIONS)


def test_of_a_run_that_another_process_holds_no_key_is_shown_that_steers_it() -> None:
    held = replace(session_after(training()), state="elsewhere", elsewhere=Elsewhere("node-17", 4711))
    ended = replace(held, elsewhere=Elsewhere("node-17", 4711, is_held=False))
    unknown = replace(held, elsewhere=None)
    for session, word in ((held, None), (ended, "open here"), (unknown, "look again")):
        shown = footer_actions(footer_state(session), 10_000)
        steering = [footer_word(one, footer_state(session)) for one in shown if one.group == "training"]
        assert steering == ([word] if word else [])
        assert not [one.id for one in shown if refusal(one, session) is not None]
    assert footer_state(session_after(training())) == "training"


def test_every_key_that_steers_says_where_the_run_is_steered() -> None:
    held = replace(session_after(training()), state="elsewhere", elsewhere=Elsewhere("node-17", 4711))
    for action in ("train", "add", "reseed", "save", "branch"):
        assert "process 4711 on node-17: ssh -t node-17" in str(refusal(BY_ID[action], held))
    for action in ("what_if", "cell", "runs", "quit", "zoom_in"):
        assert refusal(BY_ID[action], held) is None
