"""The one table of what keys do, and why a key makes no sense in a state."""

from __future__ import annotations

import pytest

from lstm_engine.protocol.messages import Failed, Refused
from lstm_engine.run.config import RunConfig
from tests.support.script import READY, done, opened, ready, session_after, training
from tui.actions import ACTIONS, BY_ID, refusal
from tui.state.updates import EngineGone

ELSEWHERE = [READY, Refused(command="open_run", reason="it is in use", elsewhere="lost")]
NOTHING_TRAINS = "nothing is trained now, so there is nothing to leave running: q saves and quits"
FAILED = [*training(), Failed(epoch=1201, cause="no")]


def test_ids_are_there_once_and_keys_too_but_for_those_of_one_panel() -> None:
    assert len({action.id for action in ACTIONS}) == len(ACTIONS) == len(BY_ID)
    keys = [key for action in ACTIONS if not action.local for key in action.key.split(",")]
    assert len(set(keys)) == len(keys)


def test_every_action_is_explained() -> None:
    for action in ACTIONS:
        assert action.title
        assert action.title[0].isupper()
        assert action.help.endswith(".")
        assert action.label


@pytest.mark.parametrize(
    ("action", "script", "reason"),
    [
        ("train", [], "PyTorch is still loading"),
        ("add", [], "PyTorch is still loading"),
        ("branch", [], "PyTorch is still loading"),
        ("train", ready(), None),
        ("save", ready(), "nothing to save yet: space trains"),
        ("branch", ready(), "nothing to branch from yet: space trains"),
        ("first_epoch", ready(), "there is one epoch to look at: space trains more"),
        ("continue", ready(), "there is no unfinished run to continue: o lists all runs"),
        ("save", training(), None),
        ("first_epoch", training(), None),
        ("branch", [READY, opened(epoch=10)], None),
        ("detach", [], "PyTorch is still loading"),
        ("detach", training(), None),
        ("detach", ready(), NOTHING_TRAINS),
        ("detach", done(), NOTHING_TRAINS),
        ("detach", FAILED, NOTHING_TRAINS),
        ("detach", [*training(), EngineGone(-9)], "the engine process is gone: space starts a new one, q quits"),
        ("detach", ELSEWHERE, "the run is open elsewhere: space looks again, o opens another one"),
        ("add", FAILED, "training failed: space retries from the last checkpoint, then a adds epochs"),
        ("train", FAILED, None),
        ("train", [*training(), EngineGone(-9)], None),
        ("many", [], "PyTorch is still loading"),
        ("many", ready(), None),
        ("many", training(), None),
        ("many", ELSEWHERE, None),
        (
            "many",
            ready(RunConfig(model="nn-lstm")),
            "a sweep is of the unit by hand, and this is nn-lstm: `lstm-tui` alone opens one by hand",
        ),
        (
            "many",
            ready(RunConfig(batch_size=2)),
            "a sweep takes a step a company, and this run one of 2: expected batch size 1",
        ),
        ("save", [*done(), EngineGone(-9)], "the engine process is gone: space starts a new one, q quits"),
    ],
)
def test_why_a_key_makes_no_sense(action: str, script: list, reason: str | None) -> None:
    assert refusal(BY_ID[action], session_after(script)) == reason
