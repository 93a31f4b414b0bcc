"""The session as it was at an epoch, for the panels that show one epoch."""

from __future__ import annotations

from dataclasses import replace

from tui.session import Session
from tui.timeline import Sight


def at_sight(session: Session, sight: Sight) -> Session:
    """The session with no epoch after the one in sight; its newest values are that epoch's."""
    return session if sight.is_live else replace(session, history=session.history.truncated(sight.epoch))
