"""Bytes typed into a dashboard without a terminal, through all that reads a terminal's; and what they came to."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from textual.app import App
from textual.dom import DOMNode
from textual.widgets import Input

from tests.support.hands import Hands
from tests.support.script import handled, until
from tui.screens.run_table import RunTable
from tui.terminal.input_bytes import InputBytes
from tui.widgets.row_list import RowList

#: As terminals send Esc that know kitty's protocol: alone, and never the beginning of something.
ESCAPE = b"\x1b[27u"


class Typist:
    """Types into the dashboard of some hands."""

    def __init__(self, hands: Hands) -> None:
        self._hands = hands
        self._input = InputBytes()

    def send(self, data: bytes) -> None:
        """As a terminal hands it over: at once."""
        app = self._hands.app
        for message in self._input.feed(data):
            message.set_sender(app)
            app.post_message(message)

    async def rest(self) -> None:
        """Wait until all that was sent has had its effect, and what a screen reads is read."""
        app = self._hands.app
        await handled(self._hands.pilot)
        await until(lambda: all(worker.is_finished or _has_no_end(worker.node) for worker in app.workers))
        await handled(self._hands.pilot)
        await until(lambda: app.is_drawn or not app.is_running)

    async def type(self, pieces: Iterable[bytes], *, pausing: bool) -> None:
        """Send the pieces; pausing: each once the one before has had its effect."""
        for piece in pieces:
            self.send(piece)
            if pausing:
                await self.rest()
            else:
                await asyncio.sleep(0)
        await self.rest()

    def outcome(self) -> dict[str, object]:
        """What a person would find by now, by name."""
        hands, app = self._hands, self._hands.app
        if not app.is_running:
            return {"commands": hands.bench.asked, "status": app.return_code, "failure": app.failure}
        bench, session = hands.screen, hands.session
        screens = app.screen_stack
        return {
            "commands": hands.bench.asked,
            "failure": app.failure,
            "session": (session.state, session.epoch, session.target, session.notice, session.config),
            "screens": [type(screen).__name__ for screen in screens],
            "focus": [screen.focused and (type(screen.focused).__name__, screen.focused.id) for screen in screens],
            "fields": [
                (field.id, field.value, field.selection) for screen in screens for field in screen.query(Input)
            ],
            "rows": [rows.cursor for screen in screens for rows in screen.query(RowList)],
            "seen": (bench.view, bench.timeline, bench.inspection.what_if),
            "theme": app.theme,
        }


def _has_no_end(node: DOMNode) -> bool:
    """Whether what is done there goes on for as long as it is there."""
    return isinstance(node, App | RunTable)
