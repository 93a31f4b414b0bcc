"""Pictures of every state, dialog and size; `make snapshots` shows what differs and takes the new ones.

The README shows some of these very files, so what it shows is what the program draws.
"""

from __future__ import annotations

import pytest

from lstm_engine.protocol.messages import Event, Failed
from lstm_engine.run.config import RunConfig
from tests.support.script import (
    READY,
    checkpoint,
    companies,
    done,
    paused,
    ready,
    resumed,
    training,
)
from tests.support.snapshots import NARROW, SMALL, TOO_SMALL, WIDE, Snap, taken
from tui.options import Marker
from tui.screens.help_screen import HelpScreen
from tui.screens.questions import Question

FAILED = Failed(
    epoch=1201,
    cause="the loss is not a number after epoch 1201: the learning rate may be too high",
    detail="step 2402, company B\nprediction nan, target 1.0\nloss nan",
    checkpoint=checkpoint(1000),
)
SCRIPTS: dict[str, list[Event]] = {
    "loading": [],
    "ready": ready(),
    "training": training(),
    "paused": paused(),
    "finished": done(),
    "resumed": resumed(),
    "failed": [*training(), FAILED],
}


@pytest.mark.parametrize("size", [WIDE, NARROW, SMALL], ids=["160x48", "80x24", "60x20"])
@pytest.mark.parametrize("state", SCRIPTS)
def test_state(snap_compare: Snap, state: str, size: tuple[int, int]) -> None:
    assert taken(snap_compare, SCRIPTS[state], size=size)


@pytest.mark.parametrize("state", ["ready", "training", "failed"])
def test_light_theme(snap_compare: Snap, state: str) -> None:
    assert taken(snap_compare, SCRIPTS[state], "t")


@pytest.mark.parametrize("state", ["training", "failed"])
def test_no_colour(snap_compare: Snap, state: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert taken(snap_compare, SCRIPTS[state])


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["160x48", "80x24"])
@pytest.mark.parametrize("marker", ["ascii", "block"])
def test_marker(snap_compare: Snap, marker: Marker, size: tuple[int, int]) -> None:
    assert taken(snap_compare, resumed(), size=size, marker=marker)


def test_ascii_failure(snap_compare: Snap) -> None:
    assert taken(snap_compare, SCRIPTS["failed"], size=NARROW, marker="ascii")


def test_too_small(snap_compare: Snap) -> None:
    assert taken(snap_compare, training(), size=TOO_SMALL)


SIZES = pytest.mark.parametrize("size", [WIDE, NARROW, SMALL], ids=["160x48", "80x24", "60x20"])


@SIZES
def test_help(snap_compare: Snap, size: tuple[int, int]) -> None:
    assert taken(snap_compare, ready(), "question_mark", size=size, modal=HelpScreen)


@SIZES
def test_add_epochs(snap_compare: Snap, size: tuple[int, int]) -> None:
    assert taken(snap_compare, done(), "a", size=size, modal=Question)


@SIZES
def test_reseed(snap_compare: Snap, size: tuple[int, int]) -> None:
    assert taken(snap_compare, done(), "r", size=size, modal=Question)


def test_refused_answer(snap_compare: Snap) -> None:
    assert taken(snap_compare, done(), "a", *"many", "enter", size=NARROW, modal=Question)


def test_ascii_dialog(snap_compare: Snap) -> None:
    assert taken(snap_compare, done(), "a", size=NARROW, marker="ascii", modal=Question)


@pytest.mark.parametrize("tabs", range(1, 6))
def test_narrow_tabs(snap_compare: Snap, tabs: int) -> None:
    assert taken(snap_compare, resumed(), *["tab"] * tabs, size=NARROW)


def test_log(snap_compare: Snap) -> None:
    assert taken(snap_compare, resumed(), "l")


def test_narrow_log(snap_compare: Snap) -> None:
    assert taken(snap_compare, resumed(), "l", size=NARROW)


def test_zoom(snap_compare: Snap) -> None:
    assert taken(snap_compare, resumed(), "z")


def test_log_scale(snap_compare: Snap) -> None:
    assert taken(snap_compare, resumed(), "y")


def test_built_in_model(snap_compare: Snap) -> None:
    config = RunConfig(model="nn-lstm", lr=0.1, init="uniform")
    assert taken(snap_compare, training(200, 300, config), config=config)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["160x48", "80x24"])
def test_many_companies(snap_compare: Snap, size: tuple[int, int]) -> None:
    config = RunConfig(data=companies(30))
    assert taken(snap_compare, training(400, 1000, config), config=config, size=size)


def test_a_run_opened_at_the_end(snap_compare: Snap) -> None:
    assert taken(snap_compare, [READY, *done()[1:]], size=(120, 34))
