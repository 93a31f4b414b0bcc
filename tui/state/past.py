"""How the epochs of a session's history come in, are cut, and are replaced. Pure."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lstm_engine.protocol.epochs import rows_of
from lstm_engine.protocol.messages import Epochs
from lstm_engine.run.history import History, Rows
from tui.state.session import Session


def read(session: Session, history: History) -> Session:
    """The history on disk; where it is the one that was foreseen, nothing is drawn again."""
    ends = (0, -1) if history.length == session.history.length > 0 else ()
    if ends and all(history.rows[end].tobytes() == session.history.rows[end].tobytes() for end in ends):
        return session
    return rewritten(session, history)


def lengthened(session: Session, event: Epochs) -> Session:
    """Epochs that the engine has trained are behind those that there were."""
    rows = rows_of(event, session.history.columns)
    ends_here = session.history.length == event.first_epoch + len(rows)
    if ends_here and session.history.rows[event.first_epoch :].tobytes() == rows.tobytes():
        return session  # they came before, as when a run is opened
    session = cut(session, event.first_epoch - 1)
    history = session.history
    gap = event.first_epoch - history.length
    if gap > 0:  # epochs whose history could not be read: the charts leave them out
        history = history.extended(_blank(gap, history.columns.width))
    history = history.extended(rows)
    pace = session.pace
    if session.state == "training":
        pace = pace.after(len(event.train_loss), event.seconds)
    return replace(session, history=history, epoch=history.last_epoch, pace=pace)


def cut(session: Session, last_epoch: int) -> Session:
    """No epoch past the last one."""
    if session.history.last_epoch <= last_epoch:
        return session
    return rewritten(session, session.history.truncated(last_epoch))


def rewritten(session: Session, history: History) -> Session:
    """Another history in place of the one that there was."""
    return replace(session, history=history, rewrites=session.rewrites + 1)


def _blank(epochs: int, width: int) -> Rows:
    return np.full((epochs, width), np.nan, np.float32)
