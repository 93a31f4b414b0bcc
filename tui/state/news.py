"""What somebody who looks elsewhere wants to be told: that a training has ended, and nobody has stopped it. Pure."""

from __future__ import annotations

from tui.state.session import Session
from tui.text.numbers import figure
from tui.text.sentences import FROM_ANOTHER


def news(before: Session, after: Session) -> str:
    """The sentence on an ending that an update has told; empty where it has told none.

    A pause that the user asked for is no news, nor is a run that is opened where it stands, nor an ending once more.
    """
    was_under_way = before.state == "training" or bool(before.save_problem)
    if not was_under_way or after.directory != before.directory:
        return ""
    name = f"run {after.run}" if after.run else "training"
    if after.state == "failed" and after.failure is not None and not after.failure.is_of_opening:
        return f"{name} failed: {after.failure.cause}"
    if after.state == "stopped" and after.ended != FROM_ANOTHER:
        return f"{name} stopped: {after.end}"
    if after.state == "finished" and before.state != "finished":
        return f"{name} finished at epoch {after.epoch}, loss {figure(_loss(after))}"
    if after.state == "paused" and after.save_problem and not before.save_problem:
        return f"{name} paused at epoch {after.epoch}: {after.save_problem}"
    return ""


def _loss(session: Session) -> float | None:
    return float(session.history.loss[-1]) if session.history.length else None
