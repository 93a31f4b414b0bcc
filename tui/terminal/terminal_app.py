"""An app that knows its terminal: its characters, how to write to it; and takes keys from it one after another."""

from __future__ import annotations

import asyncio
import sys
import traceback
from collections.abc import Callable, Sequence
from typing import Any

from rich.console import RenderableType
from textual import constants
from textual.app import App
from textual.css.query import NoMatches
from textual.driver import Driver
from textual.events import Event, Key, MouseEvent, Paste
from textual.filter import LineFilter
from textual.screen import Screen

from tui.options import Marker
from tui.terminal.driver import TerminalDriver
from tui.terminal.serial_keys import SerialKeys
from tui.terminal.spelling import spelling


class TerminalApp(App[None]):
    """An app on a terminal.

    marker: what charts are drawn with; with `ascii`, texts have no other characters either.
    keys: those that wait for their turn.
    failure: the traceback of the error that ended it; empty where none did.
    on_hang_up: called, from any thread, when the terminal is gone.
    """

    def __init__(self, marker: Marker) -> None:
        super().__init__()
        self.marker: Marker = marker
        self.set_class(marker == "ascii", "-ascii")
        self._spelling = spelling(marker, getattr(sys.__stderr__, "encoding", ""))  # where Textual's driver writes
        self.on_hang_up: Callable[[], None] = lambda: None
        self.keys = SerialKeys(self, super().on_event)
        self.failure = ""

    def after(self, seconds: float, call: Callable[[], None]) -> object:
        """Call later. Textual's `set_timer` (8.2.8) never calls where it is late by the time it is set up."""
        return asyncio.get_running_loop().call_later(seconds, self.call_next, call)

    def get_line_filters(self) -> Sequence[LineFilter]:
        filters = super().get_line_filters()
        return [*filters, self._spelling] if self._spelling else filters

    def write_to_terminal(self, text: str) -> None:
        """Write behind all that Textual (8.2.8) has written, which has no public way to; or nowhere."""
        if self._driver is not None:
            self._driver.write(text)

    async def on_event(self, event: Event) -> None:
        """Let input take its turn; what comes back, forwarded by a widget, has had it."""
        if isinstance(event, Key | Paste | MouseEvent) and not event.is_forwarded:
            self.keys.take(event)
        else:
            await super().on_event(event)

    async def keep(self, name: str, screen: Screen[Any]) -> None:
        """Have a screen composed, styled and laid out for good, so that to push it by its name only paints it."""
        await self._get_screen(screen)[1]
        screen.call_next(screen._refresh_layout, self.size)
        self.install_screen(screen, name)

    def restore_terminal(self) -> None:
        """Leave the terminal as it was found, at once; the app cannot use it any more."""
        if isinstance(self._driver, TerminalDriver):
            self._driver.restore()

    def _build_driver(self, headless: bool, inline: bool, mouse: bool, size: tuple[int, int] | None) -> Driver:
        if headless:
            return super()._build_driver(headless, inline, mouse, size)
        self._driver = TerminalDriver(self, self._hang_up, debug=constants.DEBUG, mouse=mouse, size=size)
        return self._driver

    def _hang_up(self) -> None:
        self.on_hang_up()

    def fail(self, error: Exception) -> None:
        """Note the error that ends it; the first of them counts."""
        self.failure = self.failure or "".join(traceback.format_exception(error))

    # Textual (8.2.8) draws a traceback with all local variables, and prints it where the shell's prompt comes.

    def _handle_exception(self, error: Exception) -> None:
        if isinstance(error, NoMatches) and (self._exit or not self._running):
            return  # a screen that is put up while the app ends: its widgets never come, or have gone
        self.fail(error)
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        self._close_messages_no_wait()

    def panic(self, *renderables: RenderableType) -> None:
        self._return_code = 1
        self.failure = self.failure or "\n".join(map(str, renderables))
        self._close_messages_no_wait()
