"""What the engine has reported, line by line."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.widgets import RichLog

from tui.state.session import LOG_LINES, Session
from tui.widgets.key_line import TIME_KEYS, performing


class LogPanel(RichLog):
    """The log; new lines are appended, and it follows them as long as it is scrolled to its end."""

    BINDINGS: ClassVar[list[BindingType]] = performing(*TIME_KEYS)

    def __init__(self, *, id: str) -> None:
        super().__init__(
            id=id, classes="panel", max_lines=LOG_LINES, wrap=True, markup=False, highlight=False, min_width=20
        )
        self.border_title = "log"
        self.can_focus = True
        self._written = 0

    def on_show(self) -> None:
        self.call_after_refresh(self.scroll_end, animate=False)

    def show(self, session: Session) -> None:
        """Append what came in since the last call."""
        new = min(session.lines_logged - self._written, len(session.log))
        self._written = session.lines_logged
        for line in session.log[len(session.log) - new :]:
            self.write(line, scroll_end=self.is_vertical_scroll_end)
