"""The lines around the charts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

import pytest

from lstm_engine.script.vocabulary.events import Event
from lstm_engine.script.vocabulary.fit_events import FitEnded, FitStarted, HookOff, PhaseProgress, PhaseStarted
from lstm_engine.script.vocabulary.keeper_events import ScriptEnded
from tests.support.board_feed import failed, finished, log_of, opening, paused, saved, training
from tui.board.state.board import Board, State
from tui.board.state.reducer import told
from tui.board.view import words
from tui.state.told import Told
from tui.text.pieces import Piece, pieces_width


def board(events: Sequence[Event], problem: str = "") -> Board:
    return told(Board("calm-lake"), Told("calm-lake", events, problem=problem))


def text(pieces: list[Piece]) -> str:
    return "".join(piece for piece, _ in pieces)


def test_patience_that_ended_it_is_said() -> None:
    ended = FitEnded(fit=0, reason="stopped", epoch=3, step=9, patience="no better val_loss for 20 validations")
    now = board([*training(), ended, ScriptEnded(status=0)])
    assert text(words.header(now, 60, 1, 1)).endswith("✓ ended by patience  calm-lake ")
    for width in (60, 80, 160):
        told = text(words.notice(now, "", width, steers=True))
        assert told.startswith(" patience ended it: no better val_loss for 20 validations")
    assert not board([*training(), ended, FitStarted(epoch=3, step=9)]).patience


def test_every_state_has_a_mark_a_colour_and_a_hint() -> None:
    states = set(get_args(State))
    assert states == words.GLYPHS.keys() == words.STYLES.keys() == words._HINTS.keys()


@pytest.mark.parametrize("width", [60, 80, 120, 160])
@pytest.mark.parametrize("events", [opening(), training(), paused(), failed(), finished(), log_of(0)])
def test_lines_fit_and_end_with_the_run(events: Sequence[Event], width: int) -> None:
    now = board(events)
    header = words.header(now, width, 1, 1)
    assert pieces_width(header) == width
    assert text(header).endswith("calm-lake ")
    assert pieces_width(words.progress(now, width)) <= width
    assert all(len(line) <= width for line in text(words.notice(now, "", width, steers=True)).splitlines())


@pytest.mark.parametrize(
    ("events", "word"),
    [
        (training(), "training"),
        ([*training(), PhaseStarted(phase="sanity")], "sanity check"),
        ([*training(), PhaseStarted(phase="predict")], "predicting"),
        ([*training(), HookOff(cause="x")], "hook off"),
        ([*training(), ScriptEnded(status=None, signal="SIGKILL")], "ended by SIGKILL"),
        ([*training(), ScriptEnded(status=3)], "failed, status 3"),
        (finished(), "finished"),
    ],
)
def test_the_state_in_words(events: Sequence[Event], word: str) -> None:
    assert words.state_word(board(events)) == word


def test_progress_says_how_far_and_how_fast() -> None:
    line = text(words.progress(board(training(220)), 160))
    for part in ("epoch 6/10", "55 %", "batch 20/40", "50.0 steps/s", "left", "step 220", "lr 0.01", "saved at 200"):
        assert part in line
    validating = [*training(220), PhaseStarted(phase="validate", batches=8), PhaseProgress(phase="validate", batch=5)]
    assert "validation 5/8" in text(words.progress(board(validating), 160))
    assert "steps/s" not in text(words.progress(board(paused()), 160))
    assert "epoch 10/10" in text(words.progress(board(finished()), 160))
    assert "3 metrics up to step 400" in text(words.progress(board(log_of(0)), 160))


@pytest.mark.parametrize(
    ("now", "said", "notice"),
    [
        (board(training()), "hello", "hello"),
        (board(training(), "the socket is gone"), "", "the socket is gone"),
        (board([*training(), HookOff(cause="disk full")]), "", "the training goes on"),
        (board(failed()), "", "RuntimeError"),
        (board(paused()), "", "paused behind step 220"),
        (None, "", "waiting"),
    ],
)
def test_the_notice_is_the_most_important_news(now: Board | None, said: str, notice: str) -> None:
    assert notice in text(words.notice(now, said, 100, steers=True))


def test_what_cannot_be_steered_has_no_hint_to_steer_it() -> None:
    line = text(words.notice(board(training()), "", 160, steers=False))
    assert "read-only" in line
    assert "space" not in line


def test_a_hint_names_no_key_that_can_do_nothing() -> None:
    ended = board([*opening()[:2], ScriptEnded(status=0)])
    assert text(words.notice(ended, "", 160, steers=True)).strip() == "there is no checkpoint to go on from"
    told_of = board([*opening()[:2], saved(40), ScriptEnded(status=0)])
    assert text(words.notice(told_of, "", 160, steers=True)).strip() == "c lists the checkpoints"


def test_what_a_script_says_does_no_harm_to_the_terminal() -> None:
    evil = board([*training(), HookOff(cause="\x1b[2J")])
    assert "\x1b" not in text(words.notice(evil, "", 100, steers=True))


def test_a_script_without_a_title_is_called_by_its_file() -> None:
    assert "train.py" in text(words.header(board(opening()[1:2]), 100, 1, 1))


def test_where_room_is_short_the_script_is_named_rather_than_its_model() -> None:
    line = text(words.header(board(training()), 48, 1, 1))
    assert "train.py" in line
    assert "LitClassifier" not in line
