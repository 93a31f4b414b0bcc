"""What the keys need of the app they work in."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, Protocol, TypeVar

from textual.screen import Screen

from tui.runs.chosen_run import ChosenRun

Answer = TypeVar("Answer")


class Host(Protocol):
    """An app that shows screens, runs work beside the keys, and can be left."""

    def push_screen(self, screen: Screen[Answer], callback: Callable[[Answer | None], None] | None = None) -> object:
        """Show a screen over the others. callback: is given its result."""

    def run_beside(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Run it beside what follows; it is not called where the app has ended."""

    @property
    def is_leaving(self) -> bool:
        """Whether the app ends as soon as the engine has saved."""

    def leave_when_saved(self) -> None:
        """End when the engine says that it has saved, or is gone."""

    def open_next(self, chosen: ChosenRun | None) -> None:
        """Have that run opened on the screen for its kind once this app has ended; None for none."""

    def leave(self) -> None:
        """End now."""
