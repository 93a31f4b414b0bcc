"""How a session moves on: a pure function of the session before and of what has happened.

Every event of the engine is an update, and so is what the dashboard finds out by itself (a command went out, a line
was logged, the history was read, the engine is gone).
"""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from lstm_engine.lstm.parameters import PARAMETERS
from lstm_engine.protocol.attendance import CutOff, Detach, Detached, Logged, Steered, Watchers
from lstm_engine.protocol.message import Message
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
from lstm_engine.run.history import Columns, History
from lstm_engine.run.records import resumes_after
from tui.state.endings import failed, gone, logged, stopped
from tui.state.others import counted, steered, told
from tui.state.pace import Pace
from tui.state.past import cut, lengthened, read, rewritten
from tui.state.session import Failure, Saved, Session, State
from tui.state.updates import (
    CommandSent,
    EngineFound,
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
    after = _after(session, update)
    return told(after, update) if isinstance(update, Message) else after


def _after(session: Session, update: Update) -> Session:
    match update:
        case Epochs():
            return lengthened(session, update)
        case LineLogged() | Logged():
            return logged(session, update.text)
        case EngineReady():
            versions = f"torch {update.torch}, lightning {update.lightning}, process {update.pid} on {update.host}"
            alive = replace(
                session,
                engine_alive=True,
                asked_to_end=False,
                stopped=False,
                lost="",
                end="",
                ended="",
                watchers=0 if session.attached else 1,
                by_another="",
                detaching=False,
                detached=False,
            )
            return logged(alive, versions)
        case RunOpened():
            return _opened(session, update)
        case HistoryRead():
            return read(session, update.history.truncated(session.epoch))
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
            return replace(
                session,
                notice=sent(update.command),
                alert=False,
                warnings=(),
                by_another="",
                asked_to_end=asked_to_end,
                detaching=session.detaching or isinstance(update.command, Detach),
            )
        case Offered():
            return session if session.run else replace(session, offer=update.offer)
        case EngineStarting():
            return replace(
                session, state="loading", failure=None, notice="", alert=False, engine_alive=True, attached=False
            )
        case EngineFound():
            return replace(session, failure=None, notice="", alert=False, engine_alive=True, attached=True, watchers=0)
        case Watchers():
            return counted(session, update)
        case Steered():
            return steered(session, update)
        case Detached():
            return replace(session, detaching=False, detached=True)
        case CutOff():
            return session
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
        rewritten(session, update.history),
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
    shown = cut(session, event.epoch) if was_foreseen else rewritten(session, History(columns))
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
    notice, alert = _start_notice(session, event)
    started = replace(
        cut(session, event.epoch),
        state="training",
        run=event.run,
        directory=event.directory,
        epoch=event.epoch,
        target=event.target,
        resumes=resumes_after(session.resumes, event.epoch, resumed=event.resumed_from is not None),
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
    if event.command == "detach":
        refused = replace(refused, detaching=False)
    if refused.offer is not None and refused.offer.run == event.elsewhere:
        refused = replace(refused, offer=None)
    if session.state == "loading":  # the new engine holds no run
        if event.elsewhere is None or session.run not in (None, event.elsewhere):
            return failed(refused, Failure(event.reason, is_of_opening=True))
        refused = replace(refused, state="elsewhere")
    return replace(refused, notice=event.reason, alert=True)
