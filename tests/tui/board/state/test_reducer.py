"""What each event makes of a board."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import get_args

import pytest

from lstm_engine.script.vocabulary.answers import Answer
from lstm_engine.script.vocabulary.events import Event
from lstm_engine.script.vocabulary.fit_events import (
    EpochEnded,
    EpochStarted,
    FitEnded,
    FitFailed,
    FitOpened,
    FitStarted,
    HookOff,
    PhaseEnded,
    PhaseStarted,
    Steps,
)
from lstm_engine.script.vocabulary.keeper_events import ScriptEnded, ScriptStarted
from lstm_engine.script.vocabulary.log_events import Described, Logged
from tests.support.board_feed import (
    BATCHES,
    EPOCHS,
    epoch,
    failed,
    finished,
    gates,
    log_of,
    loss,
    opening,
    saved,
    steps,
    training,
    val_loss,
)
from tui.board.state.board import Board
from tui.board.state.reducer import _REDUCERS, STEP_LOSS, reduce, told
from tui.state.told import PriceFiles, Told


def after(events: Sequence[Event], board: Board | None = None) -> Board:
    return told(board or Board("calm-lake"), Told("calm-lake", events))


def test_no_event_is_unknown() -> None:
    assert set(get_args(Event)) == {*_REDUCERS, *get_args(Answer)}


def test_a_training_becomes_curves_and_progress() -> None:
    board = after(training(220))
    assert board.state == "training"
    assert board.metrics[STEP_LOSS].values.tolist() == [loss(step) for step in range(1, 221)]
    assert board.metrics["val_loss"].steps.tolist() == [40, 80, 120, 160, 200]
    assert board.metrics["val_loss"].values[-1] == val_loss(200)
    assert (board.progress.epoch, board.progress.batch, board.progress.step) == (5, 20, 220)
    assert board.epochs.steps.tolist() == [0, 40, 80, 120, 160, 200]
    assert board.epochs.values.tolist() == [0, 1, 2, 3, 4, 5]
    assert board.lr == {"lr-Adam": 0.01}
    assert board.hyperparameters["hidden"] == 128
    assert board.texts["title"] == "train.py"
    assert [checkpoint.step for checkpoint in board.checkpoints] == [40, 80, 120, 160, 200]


def test_learning_rates_are_curves_too_as_the_steps_had_them() -> None:
    board = after([*opening(), steps(1, 5), steps(6, 10, rate=0.001)])
    assert board.metrics["lr-Adam"].steps.tolist() == [5, 10]
    assert board.metrics["lr-Adam"].values.tolist() == [0.01, 0.001]
    late = EpochEnded(epoch=0, step=10, metrics={"lr-Adam": 0.01, "acc": 0.5})
    board = after([late, PhaseEnded(phase="validate", step=11, epoch=0, metrics={"lr-Adam": 0.01})], board)
    assert board.metrics["lr-Adam"].values.tolist() == [0.01, 0.001]
    assert board.metrics["acc"].values.tolist() == [0.5]


def test_the_newest_gates_of_each_module_are_kept_until_another_model_comes() -> None:
    board = after([*training(), gates(40), gates(80), gates(80, of="layer 1")])
    assert {key: kept.step for key, kept in board.gates.items()} == {
        ("encoder.lstm", ""): 80,
        ("encoder.lstm", "layer 1"): 80,
    }
    assert after(opening()[2:], board).gates == board.gates
    other = FitOpened(fit=1, stage="fit", trainer="lightning", version="2", torch="2", model="Fine", pid=1)
    assert after([other], board).gates == {}


def test_a_checkpoint_that_is_gone_is_listed_no_more() -> None:
    board = after(training(120))
    left = told(board, Told("calm-lake", gone=(saved(40).path, "/other.ckpt")))
    assert [checkpoint.step for checkpoint in left.checkpoints] == [80, 120]


def test_several_batches_a_step_are_spread_over_the_steps() -> None:
    event = Steps(first=1, step=2, epoch=0, batch=3, loss=(1.0, 2.0, 3.0, 4.0), seconds=1.0)
    series = after([*opening(), event]).metrics[STEP_LOSS]
    assert series.steps.tolist() == [1, 1, 2, 2]


def test_a_value_that_is_told_twice_for_a_step_counts_once_the_last_time() -> None:
    board = after([*opening(), *epoch(0)])
    assert board.metrics["train_loss"].steps.tolist() == [5, 10, 15, 20, 25, 30, 35, 40]
    assert board.metrics["val_loss"].steps.tolist() == [40]


def test_a_sanity_check_is_told_and_leaves_no_values() -> None:
    board = after([*opening(), PhaseStarted(phase="sanity", batches=2)])
    assert (board.state, board.progress.phase) == ("validating", "sanity")
    board = after([PhaseEnded(phase="sanity", step=0, epoch=0, metrics={"val_loss": 2.3})], board)
    assert board.metrics == {}
    assert board.state == "training"


def test_a_resumed_training_goes_on_from_its_step_and_keeps_what_it_left() -> None:
    board = after([*training(220), ScriptEnded(status=None, signal="SIGKILL")])
    assert board.state == "failed"
    started = ScriptStarted(pid=1, host="bench", argv=("python", "train.py"), directory="/", resumed_from="a.ckpt")
    board = after([started, *opening()[2:3], FitStarted(epoch=5, step=200, max_epochs=EPOCHS)], board)
    assert (board.state, board.ending, board.progress.step) == ("training", None, 200)
    assert board.metrics[STEP_LOSS].last_step == 200
    assert board.earlier[STEP_LOSS].last_step == 220
    assert board.epochs.last_step == 200


def test_a_second_fit_begins_anew_with_the_first_behind_it() -> None:
    board = after([*training(120), FitEnded(fit=0, reason="finished", epoch=3, step=120)])
    opened = FitOpened(fit=1, stage="fit", trainer="lightning", version="2", torch="2", model="Fine", pid=1)
    board = after([opened, FitStarted(epoch=0, step=0, max_epochs=2)], board)
    assert board.metrics == {}
    assert board.earlier["val_loss"].last_step == 120
    assert board.fit is not None
    assert board.fit.model == "Fine"
    assert board.layers.newest is None


def test_a_test_after_the_fit_is_a_test() -> None:
    board = after([*training(120), FitEnded(fit=0, reason="finished", epoch=3, step=120)])
    opened = FitOpened(fit=1, stage="test", trainer="lightning", version="2", torch="2", model="M", pid=1)
    board = after([opened, PhaseStarted(phase="test", batches=3)], board)
    assert board.state == "testing"
    board = after([PhaseEnded(phase="test", step=120, epoch=3, metrics={"test_loss": 0.5})], board)
    assert board.metrics["test_loss"].values.tolist() == [0.5]
    assert board.metrics["val_loss"].last_step == 120


@pytest.mark.parametrize(
    ("ending", "state", "cause"),
    [
        ([FitEnded(fit=0, reason="finished", epoch=10, step=400), ScriptEnded(status=0)], "finished", ""),
        ([FitEnded(fit=0, reason="stopped", epoch=6, step=220), ScriptEnded(status=0)], "stopped", ""),
        ([ScriptEnded(status=0)], "ended", ""),
        ([ScriptEnded(status=3, last="Traceback\nValueError: no\n")], "failed", "ValueError: no"),
        ([ScriptEnded(status=None, signal="SIGKILL")], "failed", ""),
        (
            [FitFailed(cause="OutOfMemory", epoch=5, step=220), ScriptEnded(status=1)],
            "failed",
            "OutOfMemory",
        ),
    ],
)
def test_an_end_says_how_it_went(ending: list[Event], state: str, cause: str) -> None:
    board = after([*training(220), *ending])
    assert (board.state, board.cause) == (state, cause)
    assert not board.is_alive


def test_a_stop_that_was_asked_for_holds_through_the_last_steps() -> None:
    from lstm_engine.script.vocabulary.answers import Stopping

    board = after([*training(220), Stopping(step=225), steps(221, 225), PhaseStarted(phase="validate")])
    assert board.state == "stopping"


def test_a_hook_that_is_off_leaves_the_training_going() -> None:
    board = after([*training(220), HookOff(cause="OSError: disk full")])
    assert board.is_alive
    assert board.off == "OSError: disk full"
    again = after([FitOpened(fit=1, stage="fit", trainer="l", version="2", torch="2", model="M", pid=1)], board)
    assert again.off == ""


def test_a_checkpoint_that_is_overwritten_is_there_once() -> None:
    board = after([*training(220), saved(200, exact=False)])
    assert [checkpoint.step for checkpoint in board.checkpoints].count(200) == 1
    assert not board.checkpoints[-1].exact


def test_logs_become_curves_without_a_state() -> None:
    board = after(log_of(1))
    assert board.state == "logs"
    assert len(board.metrics["train_loss"]) == 400
    assert board.hyperparameters["hidden"] == 128
    late = after([Logged(name="train_loss", step=[7], value=[9.0])], board)
    assert late.metrics["train_loss"].steps.tolist().count(7) == 2


def test_descriptions_add_up() -> None:
    board = after([Described(texts={"a": "1"}), Described(texts={"b": "2"}, hyperparameters={"lr": 1})])
    assert board.texts == {"a": "1", "b": "2"}


def test_what_is_told_anew_replaces_what_was_told() -> None:
    board = told(after(training(220)), Told("calm-lake", opening(), anew=True))
    assert board.metrics == {}
    assert board.progress.step == 0


def test_output_and_problems_are_taken_in() -> None:
    board = told(Board("calm-lake"), Told("calm-lake", output="hello\n", problem="the file is gone"))
    assert board.output.tail == ("hello",)
    assert board.problem == "the file is gone"
    assert told(board, Told("calm-lake")).problem == ""


def test_prices_stay_where_they_were_told_to_be() -> None:
    board = told(Board("a"), Told("a", prices=PriceFiles(Path("/a"), (1,))))
    assert told(board, Told("a")).prices == PriceFiles(Path("/a"), (1,))
    assert told(board, Told("a", anew=True)).prices is None


def test_an_old_board_stays_as_it_was() -> None:
    before = after(training(220))
    length = len(before.metrics[STEP_LOSS])
    reduce(before, steps(221, 225))
    assert len(before.metrics[STEP_LOSS]) == length


def test_all_of_a_run_to_its_end() -> None:
    assert after(finished()).progress.step == BATCHES * EPOCHS
    assert after(failed()).cause.startswith("RuntimeError")
    begun = after([*opening(), EpochStarted(epoch=0, step=0, batches=40)])
    assert begun.epochs.steps.tolist() == [0]
