"""What is printed once the board was left, and how it is left."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

import pexpect
import pytest

from lstm_engine.script.vocabulary.events import Event
from lstm_engine.script.vocabulary.keeper_events import ScriptEnded
from tests.support.board_feed import failed, finished, paused, training
from tui.board.app.start import farewell
from tui.board.state.board import Board
from tui.board.state.reducer import told
from tui.state.told import Told

ROOT = Path(__file__).parents[4]


@pytest.mark.parametrize(
    ("events", "words"),
    [
        (training(), "training goes on: calm-lake; look in with: lstm-tui attach calm-lake"),
        (paused(), "calm-lake stays paused at step 220; look in with: lstm-tui attach calm-lake"),
        (finished(), "calm-lake has ended at step 400"),
        (failed(), "calm-lake failed at step 220: RuntimeError"),
        ([*training(), ScriptEnded(status=None, signal="SIGKILL")], "failed at step 220: no reason was told"),
    ],
)
def test_it_says_what_becomes_of_the_training(events: Sequence[Event], words: str) -> None:
    assert words in farewell(told(Board("calm-lake"), Told("calm-lake", events)), "")


def test_the_command_that_looks_in_can_be_another() -> None:
    board = told(Board("calm-lake"), Told("calm-lake", training()))
    assert farewell(board, "lstm-tui attach /x").endswith("look in with: lstm-tui attach /x")


@pytest.mark.parametrize(("how", "status"), [("q", 0), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_on_a_terminal_it_leaves_with_a_word(how: str | signal.Signals, status: int) -> None:
    child = pexpect.spawn(
        sys.executable,
        ["-m", "tests.support.board_feed"],
        cwd=str(ROOT),
        env={**os.environ, "TERM": "xterm-256color"},
        dimensions=(24, 80),
        timeout=60,
    )
    child.expect("training")
    if isinstance(how, str):
        child.send(how)
    else:
        child.kill(how)
    child.expect("training goes on: calm-lake; look in with: lstm-tui attach calm-lake")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == status
