"""How far a script's training is, moved on by what is told of it. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lstm_engine.run.records import RunState
from lstm_engine.script.vocabulary.answers import Going, Paused, TargetChanged
from lstm_engine.script.vocabulary.events import Event
from lstm_engine.script.vocabulary.fit_events import (
    EndReason,
    EpochEnded,
    EpochStarted,
    FitEnded,
    FitOpened,
    FitStarted,
    Steps,
)
from lstm_engine.script.vocabulary.keeper_events import ScriptEnded, ScriptStarted
from lstm_engine.script.vocabulary.module_events import CheckpointWritten

#: The signals by which a user, a terminal or a batch system ends a process.
_ASKED = ("SIGINT", "SIGTERM", "SIGHUP")
#: What the kernel, or a user who has lost patience, kills with: it says nothing about the script.
_KILLED = "SIGKILL"


@dataclass(frozen=True)
class Progress:
    """Where the training of a script's run stands.

    pid, host, since: its process, and a time at which that ran, wall clock in seconds; pid is 0 where it was not told.
    reported: a Trainer has spoken in this process. model: the module's class. fit: the number of the last fit.
    epoch: completed ones of that fit. step: optimiser steps. max_epochs, max_steps: its end; None where unlimited.
    set_epochs: the epoch that a user has set for its end; None where the script's own counts.
    loss: of the newest step. fit_end: how the last fit ended; None while one goes on, and before the first.
    patience: what an EarlyStopping that ended that fit waited for in vain; else empty.
    checkpoint: the newest, of all fits and processes. ended: the process has; None while it runs, or was killed
    together with its keeper.
    """

    pid: int = 0
    host: str = ""
    since: float = 0.0
    reported: bool = False
    model: str = ""
    fit: int = 0
    epoch: int = 0
    step: int = 0
    max_epochs: int | None = None
    max_steps: int | None = None
    set_epochs: int | None = None
    loss: float | None = None
    is_paused: bool = False
    fit_end: EndReason | None = None
    patience: str = ""
    checkpoint: CheckpointWritten | None = None
    ended: ScriptEnded | None = None

    @property
    def target(self) -> int:
        """The epoch that training goes on to; 0 where that is not known."""
        return self.max_epochs or 0

    @property
    def state(self) -> RunState:
        """What goes on in the run; of an ended process, how it is to be listed: `paused` is one that was stopped."""
        if self.ended is None:
            return "paused" if self.is_paused else "training"
        if (self.fit_end in ("stopped", "interrupted") and not self.patience) or self.ended.signal in _ASKED:
            return "paused"
        if self.ended.signal == _KILLED:
            return "training"
        return "finished" if self.ended.status == 0 else "failed"

    @property
    def left_state(self) -> RunState:
        """The same of a process that is gone though nobody has told of its end: by the last word of its Trainer."""
        if not self.pid:
            return "paused"
        if self.ended is not None or self.fit_end is None:
            return self.state
        if self.patience:
            return "finished"
        return {"finished": "finished", "failed": "failed"}.get(self.fit_end, "paused")  # type: ignore[return-value]


def advanced(progress: Progress, event: Event) -> Progress:
    """Where the training stands after the event."""
    match event:
        case ScriptStarted():
            return Progress(
                pid=event.pid,
                host=event.host,
                since=event.at,
                model=progress.model,
                epoch=progress.epoch,
                step=progress.step,
                max_epochs=progress.max_epochs,
                max_steps=progress.max_steps,
                set_epochs=event.max_epochs,
                loss=progress.loss,
                checkpoint=progress.checkpoint,
            )
        case ScriptEnded():
            return replace(progress, ended=event, is_paused=False)
        case FitOpened():
            return _opened(progress, event)
        case FitStarted(epoch=epoch, step=step, max_epochs=max_epochs, max_steps=max_steps):
            return replace(
                progress, epoch=epoch, step=step, max_epochs=max_epochs, max_steps=max_steps, fit_end=None, patience=""
            )
        case TargetChanged(max_epochs=max_epochs, max_steps=max_steps):
            return replace(progress, max_epochs=max_epochs, max_steps=max_steps, set_epochs=max_epochs)
        case EpochStarted(epoch=epoch, step=step):
            return replace(progress, epoch=epoch, step=step)
        case Steps(epoch=epoch, step=step):
            known = [value for value in event.loss if value is not None]
            loss = known[-1] if known else progress.loss
            return replace(progress, epoch=epoch, step=step, loss=loss, is_paused=False)
        case EpochEnded(epoch=epoch, step=step):
            return replace(progress, epoch=epoch + 1, step=step)
        case FitEnded(epoch=epoch, step=step, reason=reason):
            saved = progress.checkpoint
            if reason == "stopped" and saved is not None and (saved.fit, saved.step) == (event.fit, step):
                epoch = completed(saved)  # Lightning counts the epoch that it was stopped in
            return replace(progress, epoch=epoch, step=step, fit_end=reason, patience=event.patience, is_paused=False)
        case Paused():
            return replace(progress, is_paused=True)
        case Going():
            return replace(progress, is_paused=False)
        case CheckpointWritten():
            return replace(progress, checkpoint=newer(progress.checkpoint, event))
    return progress


def newer(before: CheckpointWritten | None, checkpoint: CheckpointWritten) -> CheckpointWritten:
    """Which of two checkpoints to go on from, the second of which was written later.

    Where a fit is stopped inside an epoch, those that are written as it ends count that epoch as a whole one: of one
    step an exact one is not replaced by another.
    """
    if before is None or (before.fit, before.step) != (checkpoint.fit, checkpoint.step):
        return checkpoint
    return before if before.exact and not checkpoint.exact else checkpoint


def completed(checkpoint: CheckpointWritten) -> int:
    """How many epochs are completed at it."""
    return checkpoint.epoch + (checkpoint.batch is None)


def _opened(progress: Progress, event: FitOpened) -> Progress:
    """A Trainer speaks; where no keeper has told of its process (a notebook), that is the one which is known."""
    opened = replace(progress, reported=True, model=event.model, fit=event.fit, ended=None)
    if event.stage == "fit":
        opened = replace(opened, fit_end=None, patience="")
    return opened if opened.pid else replace(opened, pid=event.pid, since=event.at)
