"""Everything the dashboard shows, as one frozen value, and the pure function that moves it on.

`reduce(session, update)` answers with the next session: every event of the engine is an update, and so is what the
dashboard finds out by itself (a command went out, a line was logged, the history was read, the engine is gone).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal, assert_never

import numpy as np

from lstm_engine.config import RunConfig
from lstm_engine.events import (
    CheckpointSaved,
    Command,
    EngineReady,
    Epochs,
    Event,
    Failed,
    Notice,
    Parent,
    Paused,
    Refused,
    RunFinished,
    RunOpened,
    Stopped,
    TrainingStarted,
)
from lstm_engine.history import Columns, History, Rows, rows_of
from lstm_engine.parameters import PARAMETERS, ParameterSpec
from tui.pace import Pace
from tui.wording import engine_end, sent

State = Literal["loading", "ready", "training", "paused", "finished", "failed"]

LOG_LINES = 500


# --- what the dashboard finds out by itself --------------------------------------------------------------------------


@dataclass(frozen=True)
class CommandSent:
    """A command is on its way; the engine's answer comes as events."""

    command: Command


@dataclass(frozen=True)
class LineLogged:
    """The engine wrote a line to its standard error."""

    text: str


@dataclass(frozen=True)
class HistoryRead:
    """The run's history was read from disk."""

    history: History


@dataclass(frozen=True)
class EngineStarting:
    """A new engine process was started; nothing is heard of it yet."""


@dataclass(frozen=True)
class EngineGone:
    """The engine's output ended. status: exit status, negative for a signal; None where it never started.

    reason: why, where the dashboard knows.
    """

    status: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class Said:
    """A sentence for the notice line. alert: the user should not miss it."""

    text: str
    alert: bool = False


Update = Event | CommandSent | LineLogged | HistoryRead | EngineStarting | EngineGone | Said


# --- the session -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Saved:
    """The last checkpoint: its file name and the epoch it holds."""

    checkpoint: str
    epoch: int


@dataclass(frozen=True)
class Failure:
    """Why there is no training. cause: one sentence. detail: the log's end. checkpoint: where a retry starts."""

    cause: str
    detail: str = ""
    checkpoint: str | None = None


@dataclass(frozen=True)
class Session:
    """What is on screen.

    config: the open run's settings; before a run is open, those that were asked for.
    epochs_ahead: how many epochs the first training takes.
    run, directory: None until something is on disk.
    specs: the model's parameters, in the engine's order.
    history: epochs 0 to the newest.
    rewrites: how often history was replaced or cut, so that who draws it knows that it has not merely grown.
    epoch, target: completed epochs, and where training goes on to.
    resumes: epochs at which a new Trainer went on, ascending.
    saved: the last checkpoint.
    pace: how fast training goes.
    notice, alert: the notice line; empty where there is nothing to say but what the state allows.
    failure: set in state `failed` only.
    engine_alive: the engine process runs.
    log, logged: the last lines, and how many there were in all.
    """

    config: RunConfig
    epochs_ahead: int
    history: History
    specs: tuple[ParameterSpec, ...]
    state: State = "loading"
    run: str | None = None
    directory: str | None = None
    parent: Parent | None = None
    rewrites: int = 0
    epoch: int = 0
    target: int = 0
    resumes: tuple[int, ...] = ()
    saved: Saved | None = None
    pace: Pace = field(default_factory=Pace)
    notice: str = ""
    alert: bool = False
    failure: Failure | None = None
    engine_alive: bool = False
    stopped: bool = False
    log: tuple[str, ...] = ()
    logged: int = 0

    @classmethod
    def loading(cls, config: RunConfig, epochs_ahead: int) -> Session:
        """Before the engine has said a word."""
        return cls(config, epochs_ahead, History(Columns.of(config)), PARAMETERS[config.model], engine_alive=True)

    @property
    def x_end(self) -> int:
        """The last epoch that the charts have room for."""
        return max(self.target, self.epoch) or self.epochs_ahead


def reduce(session: Session, update: Update) -> Session:
    """The session after `update`. Pure."""
    match update:
        case Epochs():
            return _epochs(session, update)
        case LineLogged():
            return _logged(session, update.text)
        case EngineReady():
            versions = f"torch {update.torch}, lightning {update.lightning}, process {update.pid} on {update.host}"
            return _logged(replace(session, engine_alive=True, stopped=False), versions)
        case RunOpened():
            return _opened(session, update)
        case HistoryRead():
            return _rewritten(session, update.history.truncated(session.epoch))
        case TrainingStarted():
            return _started(session, update)
        case CheckpointSaved():
            return _saved(session, update)
        case Paused():
            return _paused(session, update)
        case RunFinished():
            return _finished(session, update)
        case Failed():
            failure = Failure(update.cause, update.detail, update.checkpoint)
            return _failed(replace(session, epoch=max(session.history.last_epoch, 0)), failure)
        case Refused():
            return _refused(session, update)
        case Notice():
            return _logged(replace(session, notice=update.text, alert=True), update.text)
        case Said():
            return replace(session, notice=update.text, alert=update.alert)
        case CommandSent():
            return replace(session, notice=sent(update.command), alert=False)
        case EngineStarting():
            return replace(session, state="loading", failure=None, notice="", alert=False, engine_alive=True)
        case Stopped():
            return replace(session, stopped=True, run=update.run, directory=update.directory, epoch=update.epoch)
        case EngineGone():
            return _gone(session, update)
        case _:
            assert_never(update)


def _opened(session: Session, event: RunOpened) -> Session:
    columns = Columns(event.config.data.names, tuple(spec.name for spec in event.parameters))
    if event.epoch == 0:
        state: State = "ready"
    else:
        state = "finished" if event.target <= event.epoch else "paused"
    return replace(
        _rewritten(session, History(columns)),
        config=event.config,
        specs=event.parameters,
        state=state,
        run=event.run,
        directory=event.directory,
        parent=event.parent,
        epoch=event.epoch,
        target=event.target,
        resumes=event.resumes,
        saved=None if event.checkpoint is None else Saved(event.checkpoint, event.epoch),
        pace=Pace(),
        notice="",
        alert=False,
        failure=None,
    )


def _started(session: Session, event: TrainingStarted) -> Session:
    resumes = tuple(epoch for epoch in session.resumes if epoch < event.epoch)
    if event.resumed_from is not None and event.epoch > 0:
        resumes = (*resumes, event.epoch)
    started = replace(
        _cut(session, event.epoch),
        state="training",
        run=event.run,
        directory=event.directory,
        epoch=event.epoch,
        target=event.target,
        resumes=resumes,
        pace=Pace(),
        notice="",
        alert=False,
        failure=None,
    )
    if event.resumed_from is None:
        return _logged(started, f"training from epoch {event.epoch} to {event.target}")
    return _logged(started, f"resumed at epoch {event.epoch} from {event.resumed_from}, to {event.target}")


def _epochs(session: Session, event: Epochs) -> Session:
    session = _cut(session, event.first_epoch - 1)
    history = session.history
    gap = event.first_epoch - history.length
    if gap > 0:  # epochs whose history could not be read: the charts leave them out
        history = history.extended(_blank(gap, history.columns.width))
    history = history.extended(rows_of(event, history.columns))
    pace = session.pace
    if session.state == "training":
        pace = pace.after(len(event.train_loss), event.seconds)
    return replace(session, history=history, epoch=history.last_epoch, pace=pace)


def _cut(session: Session, last_epoch: int) -> Session:
    if session.history.last_epoch <= last_epoch:
        return session
    return _rewritten(session, session.history.truncated(last_epoch))


def _rewritten(session: Session, history: History) -> Session:
    return replace(session, history=history, rewrites=session.rewrites + 1)


def _blank(epochs: int, width: int) -> Rows:
    return np.full((epochs, width), np.nan, np.float32)


def _saved(session: Session, event: CheckpointSaved) -> Session:
    saved = replace(session, saved=Saved(event.checkpoint, event.epoch))
    if event.reason == "timed":
        return saved
    if event.reason == "user":
        saved = replace(saved, notice=f"saved epoch {event.epoch} as {event.checkpoint}, kept for good", alert=False)
    return _logged(saved, f"saved epoch {event.epoch} as {event.checkpoint} ({event.reason})")


def _paused(session: Session, event: Paused) -> Session:
    paused = replace(
        session,
        state="paused",
        epoch=event.epoch,
        target=event.target,
        notice=event.cause or "",
        alert=event.cause is not None,
    )
    return _logged(paused, f"paused at epoch {event.epoch}" + (f": {event.cause}" if event.cause else ""))


def _finished(session: Session, event: RunFinished) -> Session:
    finished = replace(
        session, state="finished", run=event.run, epoch=event.epoch, target=event.epoch, notice="", alert=False
    )
    return _logged(finished, f"finished at epoch {event.epoch}")


def _refused(session: Session, event: Refused) -> Session:
    refused = _logged(session, f"refused: {event.reason}")
    if session.state == "loading":  # the run asked for at the start cannot be opened: there is nothing to show
        return _failed(refused, Failure(event.reason))
    return replace(refused, notice=event.reason, alert=True)


def _gone(session: Session, update: EngineGone) -> Session:
    gone = replace(session, engine_alive=False)
    if session.stopped:
        return gone
    cause = update.reason or engine_end(update.status, loading=session.state == "loading")
    checkpoint = session.saved.checkpoint if session.saved else None
    return _failed(gone, Failure(cause, "\n".join(session.log[-12:]), checkpoint))


def _failed(session: Session, failure: Failure) -> Session:
    return _logged(replace(session, state="failed", failure=failure, notice="", alert=False), failure.cause)


def _logged(session: Session, text: str) -> Session:
    lines = tuple(text.splitlines()) or ("",)
    return replace(session, log=(*session.log, *lines)[-LOG_LINES:], logged=session.logged + len(lines))
