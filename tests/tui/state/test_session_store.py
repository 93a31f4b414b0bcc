"""The one place that holds the session: what is told of a change, and when."""

from __future__ import annotations

from collections.abc import Callable

from lstm_engine.run.config import RunConfig
from tui.state.session import Session
from tui.state.session_store import SessionStore
from tui.state.updates import Said


class Watched:
    """A store, and what it has called, with the notice at that time."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, str]] = []
        self.store = SessionStore(Session.loading(RunConfig(), 2000), self._note("change"), self._note("haste"))

    def _note(self, what: str) -> Callable[[], None]:
        return lambda: self.calls.append((what, self.store.session.notice))


def test_a_change_is_told_once_it_is_made() -> None:
    watched = Watched()
    watched.store.apply(Said("one moment", False))
    assert watched.calls == [("change", "one moment")]


def test_what_answers_a_key_is_in_haste() -> None:
    watched = Watched()
    watched.store.say("one moment")
    assert watched.calls == [("change", "one moment"), ("haste", "one moment")]


def test_an_alert_is_one() -> None:
    watched = Watched()
    watched.store.say("nothing to save yet", alert=True)
    assert watched.store.session.alert
