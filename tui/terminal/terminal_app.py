"""An app that knows its terminal: what characters it has, how to write to it, and how to call later for certain."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from textual.app import App

from tui.options import Marker


class TerminalApp(App[None]):
    """marker: what charts are drawn with; with `ascii`, texts have no other characters either."""

    def __init__(self, marker: Marker) -> None:
        super().__init__()
        self.marker: Marker = marker
        self.set_class(marker == "ascii", "-ascii")

    def after(self, seconds: float, call: Callable[[], None]) -> object:
        """Call later. Textual's `set_timer` (8.2.8) never calls where it is late by the time it is set up."""
        return asyncio.get_running_loop().call_later(seconds, self.call_next, call)

    def write_to_terminal(self, text: str) -> None:
        """Write behind all that Textual (8.2.8) has written, which has no public way to; or nowhere."""
        if self._driver is not None:
            self._driver.write(text)
