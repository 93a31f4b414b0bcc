"""How a session ends: the engine stops or dies, or training fails; and the log that it leaves. Pure."""

from __future__ import annotations

from dataclasses import replace

from lstm_engine.protocol.messages import Stopped
from tui.state.session import LOG_LINES, Failure, Saved, Session, State
from tui.state.updates import EngineGone
from tui.text.sentences import after_the_end, engine_end, engine_end_in_order, how_ended, unsaved


def stopped(session: Session, event: Stopped) -> Session:
    """The engine has said that it ends."""
    lost = session.history.last_epoch - event.epoch if event.run is not None else 0
    ended = how_ended(event.signal, by_another=session.by_another == "quit")
    end = engine_end_in_order(ended, event.epoch, event.problem) + unsaved(lost)
    return replace(
        session,
        stopped=True,
        lost=event.problem,
        end="" if session.asked_to_end else end,
        ended="" if session.asked_to_end else ended,
        run=event.run,
        directory=event.directory,
        epoch=event.epoch,
        saved=None if event.checkpoint is None else Saved(event.checkpoint, event.epoch),
    )


def gone(session: Session, update: EngineGone) -> Session:
    """The engine's process has ended, with or without a word."""
    session = replace(session, engine_alive=False)
    if session.stopped and not session.end:
        return session
    checkpoint = session.saved.checkpoint if session.saved else None
    if session.lost:  # its log tells nothing
        return failed(session, Failure(session.end, checkpoint=checkpoint))
    if session.end:
        return _saved_and_ended(session)
    cause = update.reason or engine_end(update.status, loading=session.state == "loading")
    return failed(session, Failure(cause, "\n".join(session.log[-12:]), checkpoint))


def _saved_and_ended(session: Session) -> Session:
    """The engine has ended in good order. A run that had come to its end, or had failed, is what it was."""
    state: State = session.state if session.state in ("finished", "failed") else "stopped"
    said = f"{session.end}: {after_the_end(state, session.run)}"
    is_incomplete = session.run is not None and session.history.last_epoch > session.epoch
    ended = replace(session, state=state, notice=said, alert=is_incomplete, warnings=(), save_problem="")
    return logged(ended, session.end)


def failed(session: Session, failure: Failure) -> Session:
    """There is no training, for that reason."""
    session = replace(session, state="failed", failure=failure, notice="", alert=False, save_problem="")
    return logged(session, failure.cause)


def logged(session: Session, text: str) -> Session:
    """The text is in the log, a line a line."""
    lines = tuple(text.splitlines()) or ("",)
    return replace(session, log=(*session.log, *lines)[-LOG_LINES:], lines_logged=session.lines_logged + len(lines))
