"""What the other dashboards of an engine do, as this one tells it. Pure."""

from __future__ import annotations

from dataclasses import replace

from lstm_engine.protocol.attendance import Steered, Watchers
from lstm_engine.protocol.messages import CheckpointSaved, Event, Failed, Paused, RunOpened, Stopped, TrainingStarted
from tui.state.session import Session
from tui.text.sentences import asked_by_another, done_by_another, joined, refused_to_another

#: By the type of a command, the events that say it is done.
_ANSWERS: dict[str, type[Event] | tuple[type[Event], ...]] = {
    "train": TrainingStarted,
    "add_epochs": TrainingStarted,
    "pause": Paused,
    "save": (CheckpointSaved, RunOpened),
    "reseed": RunOpened,
    "new_run": RunOpened,
    "open_run": RunOpened,
    "branch": RunOpened,
    "quit": Stopped,
}


def steered(session: Session, event: Steered) -> Session:
    """Another one sent a command, or it was refused."""
    said = refused_to_another(event.refusal) if event.refusal else asked_by_another(event.command)
    by_another = "" if event.refusal else event.command
    if session.alert and event.refusal:
        return replace(session, by_another=by_another)
    return replace(session, notice=said, alert=False, warnings=(), by_another=by_another)


def told(session: Session, event: Event) -> Session:
    """The session after the event that answers another one's command: it says whose doing that is."""
    command = session.by_another
    if not command:
        return session
    if _prevents(event):
        return replace(session, by_another="")
    if not _answers(event, command):
        return session
    if session.alert or isinstance(event, Stopped):
        return replace(session, by_another="")
    done = done_by_another(command)
    return replace(session, notice=f"{done}: {session.notice}" if session.notice else done, by_another="")


def counted(session: Session, event: Watchers) -> Session:
    """More of them look on, or fewer."""
    change = event.count - session.watchers
    is_news = session.watchers > 0 and change and not session.alert
    notice = joined(event.count, came=change > 0) if is_news else session.notice
    return replace(session, watchers=event.count, notice=notice)


def _answers(event: Event, command: str) -> bool:
    if isinstance(event, CheckpointSaved) and event.reason != "user":
        return False
    return isinstance(event, _ANSWERS.get(command, ()))


def _prevents(event: Event) -> bool:
    """Whether what was asked for will not come: training cannot go on."""
    return isinstance(event, Failed) or (isinstance(event, Paused) and event.cause is not None)
