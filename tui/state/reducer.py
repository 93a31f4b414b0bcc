"""How a session moves on: a pure function of the session before and of what has happened.

Every event of the engine is an update, and so is what the dashboard finds out by itself (a command went out, a line
was logged, the history was read, the engine is gone).
"""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

import numpy as np

from lstm_engine.lstm.parameters import PARAMETERS
from lstm_engine.protocol.epochs import rows_of
from lstm_engine.protocol.messages import (
    CheckpointSaved,
    EngineReady,
    Epochs,
    Failed,
    Notice,
    Paused,
    Quit,
    Refused,
    RunFinished,
    RunOpened,
    Stopped,
    TrainingStarted,
)
from lstm_engine.run.history import Columns, History, Rows
from tui.state.endings import failed, gone, logged, stopped
from tui.state.pace import Pace
from tui.state.session import Failure, Saved, Session, State
from tui.state.updates import (
    CommandSent,
    EngineGone,
    EngineStarting,
    Foreseen,
    HistoryRead,
    LineLogged,
    LookedOn,
    Offered,
    ParentRead,
    Said,
    Update,
)
from tui.state.watch import watched
from tui.text.sentences import lineage, sent


def reduce(session: Session, update: Update) -> Session:
    """The session after `update`. Pure."""
    match update:
        case Epochs():
            return _epochs(session, update)
        case LineLogged():
            return logged(session, update.text)
        case EngineReady():
            versions = f"torch {update.torch}, lightning {update.lightning}, process {update.pid} on {update.host}"
            alive = replace(session, engine_alive=True, asked_to_end=False, stopped=False, lost="", end="")
            return logged(alive, versions)
        case RunOpened():
            return _opened(session, update)
        case HistoryRead():
            return _read(session, update.history.truncated(session.epoch))
        case Foreseen():
            return _foreseen(session, update)
        case LookedOn():
            return watched(session, update)
        case ParentRead():
            return replace(session, parent_history=update.history)
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
            return failed(replace(session, epoch=max(session.history.last_epoch, 0)), failure)
        case Refused():
            return _refused(session, update)
        case Notice():
            return _noticed(session, update)
        case Said():
            return replace(session, notice=update.text, alert=update.alert, warnings=())
        case CommandSent():
            asked_to_end = session.asked_to_end or isinstance(update.command, Quit)
            return replace(session, notice=sent(update.command), alert=False, warnings=(), asked_to_end=asked_to_end)
        case Offered():
            return session if session.run else replace(session, offer=update.offer)
        case EngineStarting():
            return replace(session, state="loading", failure=None, notice="", alert=False, engine_alive=True)
        case Stopped():
            return stopped(session, update)
        case EngineGone():
            return gone(session, update)
        case _:
            assert_never(update)


def _foreseen(session: Session, update: Foreseen) -> Session:
    if session.state not in ("loading", "elsewhere") or session.run is not None:
        return session
    return replace(
        _rewritten(session, update.history),
        config=update.config,
        specs=PARAMETERS[update.config.model],
        run=update.directory.name,
        directory=str(update.directory),
        parent=update.parent,
        epoch=max(update.history.last_epoch, 0),
        target=max(update.target, update.history.last_epoch, 0),
    )


def _opened(session: Session, event: RunOpened) -> Session:
    columns = Columns(event.config.data.names, tuple(spec.name for spec in event.parameters))
    was_foreseen = session.state == "loading" and event.directory is not None and session.directory == event.directory
    shown = _cut(session, event.epoch) if was_foreseen else _rewritten(session, History(columns))
    if event.epoch == 0:
        state: State = "ready"
    else:
        state = "finished" if event.target <= event.epoch else "paused"
    return replace(
        shown,
        config=event.config,
        specs=event.parameters,
        state=state,
        run=event.run,
        directory=event.directory,
        parent=event.parent,
        parent_history=None,
        epoch=event.epoch,
        target=event.target,
        resumes=event.resumes,
        saved=None if event.checkpoint is None else Saved(event.checkpoint, event.epoch),
        pace=Pace(),
        notice=lineage(event.parent),
        alert=False,
        save_problem="",
        offer=None if event.run else session.offer,
        failure=None,
        elsewhere=None,
    )


def _started(session: Session, event: TrainingStarted) -> Session:
    resumes = tuple(epoch for epoch in session.resumes if epoch < event.epoch)
    if event.resumed_from is not None and event.epoch > 0:
        resumes = (*resumes, event.epoch)
    notice, alert = _start_notice(session, event)
    started = replace(
        _cut(session, event.epoch),
        state="training",
        run=event.run,
        directory=event.directory,
        epoch=event.epoch,
        target=event.target,
        resumes=resumes,
        pace=Pace(),
        notice=notice,
        alert=alert,
        save_problem="",
        offer=None,
        failure=None,
    )
    if event.resumed_from is None:
        return logged(started, f"training from epoch {event.epoch} to {event.target}")
    whence = f"resumed at epoch {event.epoch} from {event.resumed_from}, to {event.target}: "
    return logged(started, whence + _verdict(event))


def _start_notice(session: Session, event: TrainingStarted) -> tuple[str, bool]:
    """What the notice line says of a start, and whether that is an alert."""
    if session.alert and not session.save_problem:  # a command was refused in mid-run, and training has gone on
        return session.notice, True
    if event.resumed_from is None:
        return "", False
    if session.save_problem:
        return f"it can save again: training goes on from epoch {event.epoch}", False
    return f"resumed at {event.epoch}: {_verdict(event)}", not event.verified


def _verdict(event: TrainingStarted) -> str:
    agree = "equal" if event.verified else "differ from"
    return f"parameters and optimiser state {agree} the checkpoint"


def _read(session: Session, history: History) -> Session:
    """The history on disk; where it is the one that was foreseen, nothing is drawn again."""
    ends = (0, -1) if history.length == session.history.length > 0 else ()
    if ends and all(history.rows[end].tobytes() == session.history.rows[end].tobytes() for end in ends):
        return session
    return _rewritten(session, history)


def _epochs(session: Session, event: Epochs) -> Session:
    rows = rows_of(event, session.history.columns)
    ends_here = session.history.length == event.first_epoch + len(rows)
    if ends_here and session.history.rows[event.first_epoch :].tobytes() == rows.tobytes():
        return session  # they came before, as when a run is opened
    session = _cut(session, event.first_epoch - 1)
    history = session.history
    gap = event.first_epoch - history.length
    if gap > 0:  # epochs whose history could not be read: the charts leave them out
        history = history.extended(_blank(gap, history.columns.width))
    history = history.extended(rows)
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
    return logged(saved, f"saved epoch {event.epoch} as {event.checkpoint} ({event.reason})")


def _noticed(session: Session, event: Notice) -> Session:
    if event.warning:
        return logged(replace(session, warnings=(*session.warnings, event.text)), event.text)
    return logged(replace(session, notice=event.text, alert=False), event.text)


def _paused(session: Session, event: Paused) -> Session:
    cause = event.cause or ""
    if event.folder_gone:
        session, cause = replace(session, saved=None), f"{cause}; s saves what is in memory as a new run"
    paused = replace(
        session,
        state="paused",
        epoch=event.epoch,
        target=event.target,
        notice=cause,
        alert=bool(cause),
        save_problem=cause,
    )
    return logged(paused, f"paused at epoch {event.epoch}" + (f": {cause}" if cause else ""))


def _finished(session: Session, event: RunFinished) -> Session:
    finished = replace(
        session,
        state="finished",
        run=event.run,
        epoch=event.epoch,
        target=event.epoch,
        notice="it can save again: everything is saved" if session.save_problem else "",
        alert=False,
        save_problem="",
    )
    return logged(finished, f"finished at epoch {event.epoch}")


def _refused(session: Session, event: Refused) -> Session:
    refused = logged(session, f"refused: {event.reason}")
    if refused.offer is not None and refused.offer.run == event.elsewhere:
        refused = replace(refused, offer=None)
    if session.state == "loading":  # the new engine holds no run
        if event.elsewhere is None or session.run not in (None, event.elsewhere):
            return failed(refused, Failure(event.reason, is_of_opening=True))
        refused = replace(refused, state="elsewhere")
    return replace(refused, notice=event.reason, alert=True)
