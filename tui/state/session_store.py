"""The one place that holds the session, and the one way to change it."""

from __future__ import annotations

from collections.abc import Callable

from tui.state.reducer import reduce
from tui.state.session import Session
from tui.state.updates import Said, Update


class SessionStore:
    """Holds the session; an update makes the next one of it.

    on_change: called after each update.
    on_haste: called where somebody waits for the change to show.
    """

    def __init__(self, session: Session, on_change: Callable[[], None], on_haste: Callable[[], None]) -> None:
        self._session = session
        self._on_change = on_change
        self._on_haste = on_haste

    @property
    def session(self) -> Session:
        """As it is after the last update."""
        return self._session

    def apply(self, update: Update) -> None:
        """Move the session on; it is drawn when the next frame is due."""
        self._session = reduce(self._session, update)
        self._on_change()

    def apply_at_once(self, update: Update) -> None:
        """The same for what answers a key: it is drawn without waiting for the next frame."""
        self.apply(update)
        self._on_haste()

    def say(self, text: str, *, alert: bool = False) -> None:
        """Put a sentence into the notice line."""
        self.apply_at_once(Said(text, alert))
