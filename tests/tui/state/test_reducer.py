"""What every event does to the session."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest

from lstm_engine.protocol.messages import (
    AddEpochs,
    CheckpointSaved,
    Command,
    Epochs,
    Event,
    Failed,
    NewRun,
    OpenRun,
    Pause,
    Paused,
    Quit,
    Refused,
    Reseed,
    Save,
    Stopped,
    Train,
)
from lstm_engine.run.config import RunConfig
from tests.support.script import (
    DIRECTORY,
    READY,
    RUN,
    checkpoint,
    done,
    epochs,
    finished,
    history,
    loss,
    opened,
    paused,
    ready,
    resumed,
    started,
    training,
)
from tui.state.reducer import reduce
from tui.state.session import Failure, Offer, Saved, Session
from tui.state.updates import (
    CommandSent,
    EngineGone,
    EngineStarting,
    Foreseen,
    HistoryRead,
    LineLogged,
    Offered,
    Update,
)

NEW = Session.loading(RunConfig(), 2000)


def after(updates: Iterable[Update], session: Session = NEW) -> Session:
    for update in updates:
        session = reduce(session, update)
    return session


# --- from state to state ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("script", "state", "epoch", "target"),
    [
        ([], "loading", 0, 0),
        ([READY], "loading", 0, 0),
        (ready(), "ready", 0, 0),
        (training(), "training", 1200, 2000),
        (paused(), "paused", 1200, 2000),
        (done(), "finished", 2000, 2000),
        (resumed(), "training", 2600, 3000),
        ([READY, opened(epoch=2000)], "finished", 2000, 2000),
        ([READY, opened(epoch=1000, target=2000)], "paused", 1000, 2000),
        ([*training(), Failed(epoch=1201, cause="no")], "failed", 1200, 2000),
    ],
)
def test_state(script: list[Event], state: str, epoch: int, target: int) -> None:
    session = after(script)
    assert (session.state, session.epoch, session.target) == (state, epoch, target)


def test_reduce_leaves_the_session_before_as_it_was() -> None:
    before = after(training(1200))
    seen = (before.history.rows.copy(), before.epoch, before.log)
    after([epochs(1201, 1300), LineLogged("x")], before)
    np.testing.assert_array_equal(before.history.rows, seen[0])
    assert (before.epoch, before.log) == seen[1:]


def test_history_grows_epoch_by_epoch() -> None:
    session = after(training(1200))
    assert session.history.last_epoch == 1200
    assert np.isnan(session.history.loss[0])
    assert session.history.loss[1200] == np.float32(loss(1200))


def test_epochs_that_were_trained_again_replace_those_that_were_there() -> None:
    session = after([started(1000, 2000), replace_loss(epochs(1001, 1100), 9.0)], after(training(1200)))
    assert session.history.last_epoch == session.epoch == 1100
    assert session.history.loss[1000] == np.float32(loss(1000))
    assert session.history.loss[1001] == 9.0


def test_who_draws_the_history_is_told_when_it_did_not_merely_grow() -> None:
    session = after(training(1200))
    assert after([epochs(1201, 1210)], session).rewrites == session.rewrites
    assert after([epochs(1101, 1110)], session).rewrites > session.rewrites
    assert after([started(1000, 2000)], session).rewrites > session.rewrites
    assert after([started(1200, 2000)], session).rewrites == session.rewrites
    assert after([opened()], session).rewrites > session.rewrites


def test_epochs_whose_past_could_not_be_read_leave_a_gap() -> None:
    session = after([READY, opened(epoch=50, target=100), started(50, 100), epochs(51, 60)])
    assert session.history.last_epoch == 60
    assert np.isnan(session.history.rows[:51]).all()
    assert not np.isnan(session.history.rows[51:]).any()


def test_a_history_from_disk_ends_at_the_epoch_the_run_stands_on() -> None:
    session = after([READY, opened(epoch=1000, target=2000), HistoryRead(history(1500))])
    assert session.history.last_epoch == 1000


def test_resumes_are_marked_once_and_forgotten_when_training_goes_back_behind_them() -> None:
    session = after(resumed())
    assert session.resumes == (2000,)
    assert after([started(2600, 3000)], session).resumes == (2000, 2600)
    assert after([started(2000, 3000)], session).resumes == (2000,)
    assert after([started(1500, 3000)], session).resumes == (1500,)


def test_a_first_training_is_no_resume() -> None:
    assert after(training()).resumes == ()


def test_the_last_checkpoint_is_known() -> None:
    assert after(training(1200)).saved == Saved(checkpoint(1000), 1000)
    assert after([READY, opened(epoch=2000)]).saved == Saved(checkpoint(2000), 2000)
    assert after(ready()).saved is None


def test_another_run_starts_from_nothing() -> None:
    session = after([opened(RunConfig(seed=7)), epochs(0, 0)], after(resumed()))
    assert (session.state, session.run, session.saved, session.resumes) == ("ready", None, None, ())
    assert (session.config.seed, session.history.last_epoch) == (7, 0)


def test_a_failure_says_why_and_where_a_retry_starts() -> None:
    session = after([*training(), Failed(epoch=1201, cause="boom", detail="a\nb", checkpoint=checkpoint(1000))])
    assert session.failure is not None
    assert (session.failure.cause, session.failure.detail) == ("boom", "a\nb")
    assert session.failure.checkpoint == checkpoint(1000)
    assert "boom" in session.log


def test_training_again_ends_the_failure() -> None:
    session = after([*training(), Failed(epoch=1201, cause="boom"), started(1000, 2000)])
    assert (session.state, session.failure) == ("training", None)


@pytest.mark.parametrize(("status", "words"), [(-9, "signal 9"), (3, "exit status 3"), (None, "could not be started")])
def test_an_engine_that_goes_without_a_word_is_a_failure_with_the_logs_end(status: int | None, words: str) -> None:
    session = after([*training(), LineLogged("MemoryError"), EngineGone(status)])
    assert (session.state, session.engine_alive) == ("failed", False)
    assert session.failure is not None
    assert words in session.failure.cause
    assert session.failure.detail.endswith("MemoryError")
    assert session.failure.checkpoint == checkpoint(1000)


def test_an_engine_that_stopped_when_asked_is_no_failure() -> None:
    stopped = Stopped(run=RUN, directory=DIRECTORY, epoch=1300, checkpoint=checkpoint(1300))
    session = after([*training(), CommandSent(Quit()), stopped, EngineGone(0)])
    assert (session.state, session.epoch, session.failure) == ("training", 1300, None)


@pytest.mark.parametrize(
    ("signal", "epoch", "words"),
    [
        ("SIGTERM", 1300, "the engine was ended (SIGTERM) after saving epoch 1300"),
        ("", 1300, "the engine ended by itself after saving epoch 1300"),
        ("SIGHUP", 0, "the engine was ended (SIGHUP) before it had anything to save"),
        (
            "SIGINT",
            1100,
            "the engine was ended (SIGINT) after saving epoch 1100 (100 later epochs could not be saved)",
        ),
    ],
)
def test_an_engine_that_stopped_unasked_is_no_failure_and_says_what_is_saved(
    signal: str, epoch: int, words: str
) -> None:
    name = checkpoint(epoch) if epoch else None
    run, directory = (RUN, DIRECTORY) if epoch else (None, None)
    stopped = Stopped(run=run, directory=directory, epoch=epoch, checkpoint=name, signal=signal)
    session = after([*(training(1200) if epoch else ready()), stopped, EngineGone(0)])
    assert (session.state, session.engine_alive, session.epoch) == ("stopped", False, epoch)
    assert (session.failure, session.alert) == (None, epoch == 1100)
    assert session.notice == f"{words}: space {'goes on' if epoch else 'starts a new engine'}"
    assert session.log[-1] == words
    anew = after([EngineStarting(), READY, EngineGone(-9)], session)
    assert anew.failure is not None
    assert "signal 9" in anew.failure.cause


def test_a_new_engine_after_a_death() -> None:
    session = after([*training(), EngineGone(-9), EngineStarting()])
    assert (session.state, session.engine_alive, session.failure) == ("loading", True, None)
    assert after([READY, opened(epoch=1000, target=2000)], session).state == "paused"


def test_a_run_that_cannot_be_opened_is_a_failure_any_other_refusal_a_notice() -> None:
    refused = Refused(command="open_run", reason="there is no run 'x'")
    assert after([READY, refused]).state == "failed"
    session = after([*training(), refused])
    assert (session.state, session.notice, session.alert) == ("training", "there is no run 'x'", True)


def test_a_run_that_another_process_has_is_shown_from_disk_and_is_no_failure() -> None:
    refused = Refused(command="open_run", reason="run calm-lake trains elsewhere", elsewhere=RUN)
    foreseen = Foreseen(Path(DIRECTORY), RunConfig(), None, history(10), 20)
    for script in ([foreseen, READY, refused], [READY, refused, foreseen]):
        session = after(script)
        assert (session.state, session.run, session.history.last_epoch) == ("elsewhere", RUN, 10)
        assert (session.failure, session.notice, session.alert) == (None, "run calm-lake trains elsewhere", True)


def test_another_run_that_cannot_be_opened_leaves_the_session_on_screen() -> None:
    """Its engine had died, so that a new one was started for the other run."""
    refused = Refused(command="open_run", reason="run old-oak trains elsewhere", elsewhere="old-oak")
    session = after([*training(), EngineGone(-9), EngineStarting(), READY, refused])
    assert (session.state, session.run, session.history.last_epoch) == ("failed", RUN, 1200)
    assert session.failure == Failure("run old-oak trains elsewhere", is_of_opening=True)


def test_a_run_that_another_process_has_is_offered_no_more() -> None:
    offer = Offer("old-oak", "/runs/old-oak", 5, 10, interrupted=False)
    for elsewhere, left in (("old-oak", None), (None, offer), ("other", offer)):
        refused = Refused(command="open_run", reason="no", elsewhere=elsewhere)
        assert after([*ready(), Offered(offer), refused]).offer == left


def test_a_pause_with_a_cause_says_it() -> None:
    session = after([*training(), Paused(epoch=1200, target=2000, cause="the disk is full")])
    assert (session.state, session.notice, session.alert) == ("paused", "the disk is full", True)


def test_where_the_folder_is_gone_nothing_counts_as_saved() -> None:
    session = after([*training(), Paused(epoch=1200, target=2000, cause="it is gone", folder_gone=True)])
    assert session.saved is None
    assert session.notice == session.save_problem == "it is gone; s saves what is in memory as a new run"
    stopped = Stopped(run=None, directory=None, epoch=0, checkpoint=None, problem="it is gone")
    assert after([stopped], session).lost == "it is gone"
    assert after([CommandSent(Quit()), stopped, EngineGone(0)], session).failure is None
    failed = after([stopped, EngineGone(0)], session)
    assert failed.failure is not None
    assert failed.failure.cause == "the engine ended by itself; it is gone; nothing is saved there"


def test_only_what_the_user_asked_for_is_announced_when_saved() -> None:
    timed = CheckpointSaved(checkpoint=checkpoint(1100), epoch=1100, reason="timed")
    asked = CheckpointSaved(checkpoint=checkpoint(1200), epoch=1200, reason="user")
    assert after([timed], after(training())).notice == ""
    assert after([timed], after(training())).log == after(training()).log
    assert "1200" in after([asked], after(training())).notice


@pytest.mark.parametrize(
    "command",
    [
        Train(),
        AddEpochs(epochs=1),
        Pause(),
        Save(),
        Reseed(),
        Quit(),
        NewRun(config=RunConfig()),
        OpenRun(source="x"),
    ],
)
def test_every_command_shows_at_once_that_it_is_on_its_way(command: Command) -> None:
    assert after([CommandSent(command)], after(training())).notice.endswith("…")


def test_the_log_is_bounded_and_counts_on() -> None:
    session = after(LineLogged(f"line {number}") for number in range(2000))
    assert (len(session.log), session.lines_logged, session.log[-1]) == (500, 2000, "line 1999")


def replace_loss(event: Epochs, value: float) -> Epochs:
    return Epochs(
        first_epoch=event.first_epoch,
        seconds=event.seconds,
        train_loss=[value] * len(event.train_loss),
        predictions=event.predictions,
        parameters=event.parameters,
    )


def test_finishing_moves_the_target_to_where_training_ended() -> None:
    assert after([finished(2000)], after(training(1900))).target == 2000
