"""Calls the user back to the terminal when a training has ended that nobody stopped."""

from __future__ import annotations

from collections.abc import Callable

from tui.state.news import news
from tui.state.session import Session


class Bell:
    """Follows the session, and rings once for each ending.

    ring: calls with a sentence on what has happened.
    """

    def __init__(self, session: Session, ring: Callable[[str], object]) -> None:
        self._session = session
        self._ring = ring

    def follow(self, session: Session) -> None:
        """Take the session as it is after an update."""
        before, self._session = self._session, session
        if sentence := news(before, session):
            self._ring(sentence)
