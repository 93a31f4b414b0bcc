"""The log: every line once, in order, also where many came since the last look."""

from __future__ import annotations

from textual.app import App, ComposeResult

from tests.support.script import session_after, until
from tui.state.session import LOG_LINES
from tui.state.updates import LineLogged
from tui.widgets.log_panel import LogPanel


class Logs(App[None]):
    def compose(self) -> ComposeResult:
        yield LogPanel(id="log")


async def test_every_line_is_appended_once() -> None:
    async with Logs().run_test(size=(60, 20)) as pilot:
        panel = pilot.app.query_one(LogPanel)
        await until(lambda: panel.size)
        script = [LineLogged(f"line {number}") for number in range(3 * LOG_LINES)]
        for length in (0, 1, 1, 7, 7 + LOG_LINES, len(script)):
            panel.show(session_after(script[:length]))
            await pilot.pause()
            lines = [strip.text.strip() for strip in panel.lines]
            assert lines == [line.text for line in script[:length]][-LOG_LINES:]
