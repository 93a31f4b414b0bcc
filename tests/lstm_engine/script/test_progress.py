"""Where a script's training stands, by what is told of it."""

from __future__ import annotations

import functools

import pytest

from lstm_engine.script.progress import Progress, advanced, completed, newer
from lstm_engine.script.vocabulary.answers import Going, Paused, TargetChanged
from lstm_engine.script.vocabulary.events import Event
from lstm_engine.script.vocabulary.fit_events import EpochEnded, FitEnded, FitOpened, FitStarted, Steps
from lstm_engine.script.vocabulary.keeper_events import ScriptEnded, ScriptStarted
from lstm_engine.script.vocabulary.module_events import CheckpointWritten

STARTED = ScriptStarted(pid=7, host="vm", argv=("python", "train.py"), directory="/", at=5.0)
OPENED = FitOpened(
    fit=0, stage="fit", trainer="lightning", version="2.6.6", torch="2.13.0", model="Net", pid=7, at=6.0
)
BEGUN = [STARTED, OPENED, FitStarted(epoch=0, step=0, max_epochs=9, batches=4)]


def saved(step: int, epoch: int, batch: int | None = None, *, exact: bool = True, fit: int = 0) -> CheckpointWritten:
    path = f"/{step}-{exact}.ckpt"
    return CheckpointWritten(path=path, epoch=epoch, step=step, by="lstm-tui", batch=batch, exact=exact, fit=fit)


def after(*events: Event) -> Progress:
    return functools.reduce(advanced, events, Progress())


def test_a_training_moves_on() -> None:
    steps = Steps(first=5, step=6, epoch=1, batch=1, loss=(0.5, 0.25, None))
    progress = after(*BEGUN, EpochEnded(epoch=0, step=4), steps)
    assert (progress.pid, progress.host, progress.since, progress.model) == (7, "vm", 5.0, "Net")
    assert (progress.epoch, progress.step, progress.target, progress.loss) == (1, 6, 9, 0.25)
    assert (progress.state, progress.reported) == ("training", True)
    paused = advanced(progress, Paused(step=6, epoch=1, batch=1))
    assert paused.state == "paused"
    assert advanced(paused, Going(step=6)).state == "training"
    assert advanced(progress, TargetChanged(max_epochs=12)).target == 12


@pytest.mark.parametrize(
    ("fit_end", "status", "signal", "state", "left"),
    [
        ("finished", 0, "", "finished", "finished"),
        ("finished", 1, "", "failed", "finished"),
        ("stopped", 0, "", "paused", "paused"),
        ("interrupted", 1, "", "paused", "paused"),
        ("failed", 1, "", "failed", "failed"),
        (None, None, "SIGTERM", "paused", "training"),
        (None, None, "SIGKILL", "training", "training"),
        (None, None, "SIGSEGV", "failed", "training"),
    ],
)
def test_how_it_ended_and_what_is_known_where_nobody_told(
    fit_end: str | None, status: int | None, signal: str, state: str, left: str
) -> None:
    ends = [FitEnded(fit=0, reason=fit_end, epoch=1, step=4)] if fit_end else []  # type: ignore[arg-type]
    told = after(*BEGUN, *ends)
    assert told.left_state == left
    ended = advanced(told, ScriptEnded(status=status, signal=signal))
    assert (ended.state, ended.left_state) == (state, state)


def test_what_patience_has_ended_nobody_has_stopped() -> None:
    told = after(*BEGUN, FitEnded(fit=0, reason="stopped", epoch=1, step=4, patience="no better x for 3 epochs"))
    assert told.left_state == "finished"
    assert advanced(told, ScriptEnded(status=0)).state == "finished"
    assert advanced(told, ScriptEnded(status=2)).state == "failed"
    assert advanced(told, ScriptEnded(status=None, signal="SIGTERM")).state == "paused"
    assert after(*BEGUN, FitEnded(fit=0, reason="stopped", epoch=1, step=4, patience="x"), *BEGUN[1:]).patience == ""


def test_nobody_has_interrupted_what_never_began() -> None:
    assert Progress().left_state == "paused"


def test_a_new_process_begins_anew_and_keeps_what_there_is_to_go_on_from() -> None:
    first = after(*BEGUN, saved(4, 0), FitEnded(fit=0, reason="stopped", epoch=1, step=4), ScriptEnded(status=0))
    again = advanced(first, STARTED.__class__(pid=8, host="vm", argv=(), directory="/", max_epochs=20, at=9.0))
    assert (again.pid, again.ended, again.fit_end, again.reported) == (8, None, None, False)
    assert (again.epoch, again.checkpoint, again.set_epochs) == (1, saved(4, 0), 20)


def test_a_notebook_is_known_by_its_trainer() -> None:
    progress = after(OPENED)
    assert (progress.pid, progress.since, progress.host) == (7, 6.0, "")


def test_an_epoch_that_was_cut_short_is_none() -> None:
    """Lightning counts it, and so does what its own callbacks save; what was saved before goes on inside it."""
    exact, cut = saved(6, 1, 1), saved(6, 1, exact=False)
    progress = after(*BEGUN, exact, cut, FitEnded(fit=0, reason="stopped", epoch=2, step=6))
    assert (progress.epoch, progress.checkpoint) == (1, exact)


def test_which_of_two_checkpoints_is_the_newer() -> None:
    assert newer(None, saved(4, 0)) == saved(4, 0)
    assert newer(saved(4, 0), saved(8, 1, exact=False)) == saved(8, 1, exact=False)
    assert newer(saved(4, 0), saved(4, 0, exact=False)).exact
    assert not newer(saved(4, 0), saved(4, 0, exact=False, fit=1)).exact
    assert (completed(saved(6, 1, 1)), completed(saved(8, 1))) == (1, 2)
