"""The table of the board's actions, and what makes no sense when."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from lstm_engine.script.vocabulary.answers import Stopping
from lstm_engine.script.vocabulary.events import Event
from lstm_engine.script.vocabulary.fit_events import HookOff, PhaseStarted
from lstm_engine.script.vocabulary.keeper_events import ScriptEnded
from lstm_engine.script.vocabulary.log_events import Logged
from tests.support.board_feed import OUTPUT, finished, gates, opening, paused, training
from tui.actions import BY_ID
from tui.board.state.board import Board
from tui.board.state.reducer import told
from tui.board.view.actions import BOARD_ACTIONS, PANELS, action_refusal
from tui.state.told import PriceFiles, Told


def board(events: Sequence[Event]) -> Board:
    return told(Board("calm-lake"), Told("calm-lake", events))


def test_no_key_means_two_things() -> None:
    keys = [key for action in BOARD_ACTIONS for key in action.key.split(",")]
    assert len(keys) == len(set(keys))
    names = [action.id for action in BOARD_ACTIONS]
    assert len(names) == len(set(names))
    assert set(PANELS) <= set(names)


@pytest.mark.parametrize("name", ["train", "add", "save", "branch", "log_scale", "log", "runs", "help", "quit"])
def test_what_the_bench_can_do_too_has_its_key(name: str) -> None:
    (action,) = [action for action in BOARD_ACTIONS if action.id == name]
    assert action.label == BY_ID[name].label


@pytest.mark.parametrize(
    ("events", "name", "words"),
    [
        (training(), "train", None),
        (paused(), "train", None),
        (training(), "save", None),
        (training(), "branch", None),
        (opening(), "branch", "no checkpoint to branch from"),
        (opening()[:2], "save", "has not begun"),
        (finished(), "train", "no training runs"),
        (finished(), "add", None),
        (finished(), "branch", None),
        ([*training(), HookOff(cause="x")], "save", "the hook is off"),
        ([*training(), Stopping(step=220)], "stop", "ends already"),
        ([*training(), PhaseStarted(phase="test")], "train", "tests its model"),
        ([*training(), PhaseStarted(phase="validate")], "train", None),
        (training(), "zoom", None),
        (training(), "gates", None),
        (opening()[:2], "checkpoints", None),
        ([*opening()[:2], ScriptEnded(status=0)], "checkpoints", "no checkpoint"),
        ([*opening()[:2], ScriptEnded(status=0)], "gates", "no gates"),
        (opening()[:2], "forecast", "no model of prices"),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_reason(events: Sequence[Event], name: str, words: str | None) -> None:
    refusal = action_refusal(name, board(events), steers=True)
    assert refusal is None if words is None else words in (refusal or "")


def test_where_nothing_steers_every_key_that_would_says_so() -> None:
    for action in BOARD_ACTIONS:
        refusal = action_refusal(action.id, board(training()), steers=False)
        wanted = action.group == "training" and action.id != "detach"
        assert ("read-only" in (refusal or "")) == wanted


@pytest.mark.parametrize("name", [name for name in PANELS if name != "drawn"])
def test_of_logs_a_panel_that_would_stay_empty_is_refused(name: str) -> None:
    logs = board([Logged(name="loss", step=[1], value=[1.0])])
    assert action_refusal(name, logs, steers=False)
    told_of = told(logs, Told("a", [*training(), gates(40)], OUTPUT, prices=PriceFiles(Path("/a"))))
    assert action_refusal(name, told_of, steers=False) is None


def test_without_a_run_there_is_nothing_to_steer() -> None:
    assert action_refusal("train", None, steers=True) == "there is no run yet"
