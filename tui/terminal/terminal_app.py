"""A Textual app whose keys come one after another, and which ends without a traceback on the terminal."""

from __future__ import annotations

import traceback
from typing import TypeVar

from rich.console import RenderableType
from textual.app import App
from textual.events import Event, Key, MouseEvent, Paste

from tui.terminal.serial_keys import SerialKeys

Result = TypeVar("Result")


class TerminalApp(App[Result]):
    """An app on a terminal.

    keys: those that wait for their turn.
    failure: the traceback of the error that ended it; empty where none did.
    """

    def __init__(self) -> None:
        super().__init__()
        self.keys = SerialKeys(self, super().on_event)
        self.failure = ""

    async def on_event(self, event: Event) -> None:
        """Let input take its turn; what comes back, forwarded by a widget, has had it."""
        if isinstance(event, Key | Paste | MouseEvent) and not event.is_forwarded:
            self.keys.take(event)
        else:
            await super().on_event(event)

    # Textual (8.2.8) draws a traceback with all local variables, and prints it where the shell's prompt comes.

    def _handle_exception(self, error: Exception) -> None:
        self.failure = self.failure or "".join(traceback.format_exception(error))
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        self._close_messages_no_wait()

    def panic(self, *renderables: RenderableType) -> None:
        self._return_code = 1
        self.failure = self.failure or "\n".join(map(str, renderables))
        self._close_messages_no_wait()
