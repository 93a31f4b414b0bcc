"""How a session moves on that shows a run which another process holds: by what its files say. Pure."""

from __future__ import annotations

from dataclasses import replace

from lstm_engine.lstm.parameters import PARAMETERS
from lstm_engine.run.history import History
from tui.state.endings import logged
from tui.state.pace import Pace
from tui.state.session import Session
from tui.state.updates import LookedOn


def watched(session: Session, update: LookedOn) -> Session:
    """The files were looked at. What is not of the run on screen comes too late, and changes nothing."""
    directory = str(update.directory)
    is_other = session.directory != directory
    if not update.begins and (session.state != "elsewhere" or is_other):
        return session
    was = None if update.begins else session.elsewhere
    seen = replace(
        _with_history(session, update.history, anew=is_other),
        config=update.config,
        specs=PARAMETERS[update.config.model],
        state="elsewhere",
        run=update.directory.name,
        directory=directory,
        parent=update.parent,
        parent_history=None if is_other else session.parent_history,
        epoch=max(update.epoch, update.history.last_epoch, 0),
        target=max(update.target, update.epoch, update.history.last_epoch, 0),
        resumes=update.resumes,
        saved=update.saved,
        pace=Pace(),
        failure=None,
        offer=None,
        save_problem="",
        elsewhere=update.elsewhere,
    )
    if update.elsewhere.is_held:
        begun = update.begins or was is None or not was.is_held
        return replace(seen, notice="", alert=False) if begun else seen
    if was is not None and not was.is_held:
        return seen
    ended = update.elsewhere.ended(update.directory.name, seen.epoch)
    return logged(replace(seen, notice=ended, alert=True), ended)


def _with_history(session: Session, history: History, *, anew: bool) -> Session:
    """The same, grown, or another one: who draws it knows by the count of rewrites."""
    before = session.history
    if history is before:
        return session
    has_grown = not anew and 0 < before.length <= history.length
    ends = (0, before.length - 1) if has_grown else ()
    if ends and all(before.rows[end].tobytes() == history.rows[end].tobytes() for end in ends):
        return replace(session, history=history)
    return replace(session, history=history, rewrites=session.rewrites + 1)
