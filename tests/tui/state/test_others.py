"""What the dashboard says of others on the same engine; none of it may be of somebody else's doing."""

from __future__ import annotations

import pytest

from lstm_engine.protocol.attendance import CutOff, Detached, Steered, Watchers
from lstm_engine.protocol.messages import CheckpointSaved, Notice, Pause, Paused, Quit, Refused, Save, Stopped
from tests.support.script import (
    DIRECTORY,
    READY,
    RUN,
    checkpoint,
    epochs,
    opened,
    paused,
    session_after,
    started,
    training,
)
from tui.state.reducer import reduce
from tui.state.session import Session
from tui.state.updates import CommandSent, EngineFound, EngineGone, Update


def after(session: Session, *updates: Update) -> Session:
    for update in updates:
        session = reduce(session, update)
    return session


STOPPED = Stopped(run=RUN, directory=DIRECTORY, epoch=1300, checkpoint=checkpoint(1300))
TRAINING = session_after(training(1200))
PAUSED = session_after(paused(1200))


@pytest.mark.parametrize(
    ("session", "command", "asked", "answer", "done"),
    [
        (TRAINING, "pause", "a pause is asked for", Paused(epoch=1201, target=2000), "paused"),
        (PAUSED, "train", "training is asked for", started(1200, 2000), "training began"),
        (TRAINING, "add_epochs", "more epochs are asked for", started(1200, 3000), "epochs were added"),
        (PAUSED, "reseed", "another seed is asked for", opened(), "reseeded"),
        (PAUSED, "open_run", "another run is asked for", opened(epoch=5), "another run was opened"),
        (PAUSED, "branch", "a branch is asked for", opened(epoch=5), "a branch was made"),
        (PAUSED, "new_run", "a new run is asked for", opened(), "a new run was set up"),
        (
            TRAINING,
            "save",
            "a checkpoint is asked for",
            CheckpointSaved(checkpoint=checkpoint(1201), epoch=1201, reason="user"),
            "saved",
        ),
    ],
)
def test_another_s_command_is_said_when_it_is_sent_and_when_it_is_done(
    session: Session, command: str, asked: str, answer: Update, done: str
) -> None:
    steered = after(session, Steered(command=command))
    assert (steered.notice, steered.alert) == (f"{asked} from another terminal…", False)
    meanwhile = epochs(1201, 1201) if session is TRAINING else Notice(text="by the way")
    told = after(steered, meanwhile, answer)
    own = after(session, meanwhile, answer)
    assert told.notice.startswith(f"{done} from another terminal")
    assert told.notice.removeprefix(f"{done} from another terminal").removeprefix(": ") in (own.notice, "")
    assert (told.state, told.epoch, told.by_another) == (own.state, own.epoch, "")


def test_a_command_of_a_later_version_is_said_without_its_name() -> None:
    assert after(TRAINING, Steered(command="fly")).notice == "a command came from another terminal…"


def test_a_checkpoint_by_the_clock_is_nobody_s_doing() -> None:
    timed = CheckpointSaved(checkpoint=checkpoint(1201), epoch=1201, reason="timed")
    assert after(TRAINING, Steered(command="save"), timed).by_another


def test_only_what_has_happened_is_called_another_s_doing() -> None:
    """A command in mid-run that is refused is followed by a Trainer that goes on, as one that is not."""
    refused = Steered(command="add_epochs", refusal="epochs must be at least 1, not -5")
    session = after(TRAINING, Steered(command="add_epochs"), refused)
    assert session.notice == "refused to another terminal: epochs must be at least 1, not -5"
    assert (session.alert, session.by_another) == (False, "")
    goes_on = after(session, started(1201, 2000))
    assert "epochs were added" not in goes_on.notice
    assert goes_on.notice == after(TRAINING, started(1201, 2000)).notice


def test_a_refusal_to_another_hides_no_alert() -> None:
    session = after(TRAINING, Refused(command="save", reason="no"), Steered(command="save", refusal="no, either"))
    assert (session.notice, session.alert) == ("no", True)


def test_the_answer_to_another_command_is_not_called_its_doing() -> None:
    """Two are on their way at once; only what answers the other's is the other's."""
    session = after(TRAINING, CommandSent(Pause()), Steered(command="save"), Paused(epoch=1201, target=2000))
    assert (session.state, session.by_another) == ("paused", "save")
    assert "saved from another terminal" not in session.notice
    saved = CheckpointSaved(checkpoint=checkpoint(1201), epoch=1201, reason="user")
    assert after(session, saved).notice.startswith("saved from another terminal")


def test_what_this_one_asks_for_after_another_is_its_own_doing() -> None:
    """The other's was refused, which only the other is told."""
    steered = after(PAUSED, Steered(command="save"), CommandSent(Save()))
    assert steered.by_another == ""
    saved = CheckpointSaved(checkpoint=checkpoint(1200), epoch=1200, reason="user")
    assert "another" not in after(steered, saved).notice


def test_an_alert_stays_and_is_not_called_another_s_doing() -> None:
    full = Paused(epoch=1201, target=2000, cause="the disk is full")
    session = after(TRAINING, Steered(command="pause"), full)
    assert (session.notice, session.alert, session.by_another) == ("the disk is full", True, "")


def test_another_who_ends_the_engine_is_named_in_why_it_is_gone() -> None:
    session = after(TRAINING, Steered(command="quit"), STOPPED, EngineGone(0))
    assert (session.state, session.failure, session.alert) == ("stopped", None, False)
    assert session.notice == ("the engine was ended from another terminal after saving epoch 1300: space goes on")


def test_who_asks_for_the_end_as_well_is_told_of_no_failure() -> None:
    session = after(TRAINING, Steered(command="quit"), CommandSent(Quit()), STOPPED, EngineGone(0))
    assert session.failure is None


def test_who_comes_and_goes_is_said_from_the_second_count_on() -> None:
    session = after(TRAINING, EngineFound(), READY)
    assert session.watchers == 0
    session = after(session, *training(1200)[1:], Watchers(count=2))
    assert (session.watchers, session.notice) == (2, "")
    session = after(session, Watchers(count=3))
    assert session.notice == "another dashboard came: 3 are open on this run"
    assert after(session, Watchers(count=3)) == session
    session = after(session, Watchers(count=2), Watchers(count=1))
    assert session.notice == "another dashboard left: this one alone is left"


def test_who_comes_hides_no_alert() -> None:
    refused = after(TRAINING, Refused(command="add_epochs", reason="no"))
    session = after(refused, Watchers(count=2))
    assert (session.notice, session.alert, session.watchers) == ("no", True, 2)


def test_who_started_the_engine_counts_itself() -> None:
    assert TRAINING.watchers == 1
    assert after(TRAINING, Watchers(count=2)).notice == "another dashboard came: 2 are open on this run"


def test_an_engine_that_is_found_is_attended_until_one_is_started() -> None:
    session = after(TRAINING, EngineGone(-9), EngineFound())
    assert (session.attached, session.engine_alive, session.failure) == (True, True, None)
    detached = after(session, READY, Detached(run=RUN, directory=DIRECTORY, epoch=1200, target=2000))
    assert detached.detached
    assert not after(detached, READY).detached


def test_to_be_cut_off_changes_nothing_that_is_shown() -> None:
    assert after(TRAINING, CutOff()) == TRAINING
    assert after(TRAINING, CommandSent(Pause()), CutOff()).notice == "pausing at the end of this epoch…"
