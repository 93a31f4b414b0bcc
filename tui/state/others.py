"""What the other dashboards of an engine do, as this one tells it. Pure."""

from __future__ import annotations

from dataclasses import replace

from lstm_engine.protocol.attendance import Watchers
from lstm_engine.protocol.messages import CheckpointSaved, Event, Paused, RunOpened, Stopped, TrainingStarted
from tui.state.session import Session
from tui.text.sentences import asked_by_another, done_by_another, joined


def steered(session: Session, command: str) -> Session:
    """Another one sent a command of that type."""
    return replace(
        session, notice=asked_by_another(command), alert=False, warnings=(), by_another=done_by_another(command)
    )


def told(session: Session, event: Event) -> Session:
    """The session after the event that answers another one's command: it says whose doing that is."""
    if not session.by_another or not _answers(event):
        return session
    if session.alert or isinstance(event, Stopped):
        return replace(session, by_another="")
    notice = f"{session.by_another}: {session.notice}" if session.notice else session.by_another
    return replace(session, notice=notice, by_another="")


def counted(session: Session, event: Watchers) -> Session:
    """More of them look on, or fewer."""
    change = event.count - session.watchers
    is_news = session.watchers > 0 and change and not session.alert
    notice = joined(event.count, came=change > 0) if is_news else session.notice
    return replace(session, watchers=event.count, notice=notice)


def _answers(event: Event) -> bool:
    if isinstance(event, CheckpointSaved):
        return event.reason == "user"
    return isinstance(event, Paused | RunOpened | Stopped | TrainingStarted)
