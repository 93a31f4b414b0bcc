"""The screen on a queue."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from tui.queue import queue_words
from tui.queue.queue_standing import QueueStanding
from tui.terminal.fitted_screens import FittedScreen
from tui.view.layout import LEAST_HEIGHT, LEAST_WIDTH
from tui.view.status_lines import too_small
from tui.widgets.lines import Lines
from tui.widgets.row_list import RowList
from tui.widgets.screen_keys import ScreenKeys

QUEUE_HELP = (
    ("training", ""),
    ("space", "Saves the members that train, and pauses; goes on."),
    ("view", ""),
    ("↑ ↓", "The members; PgUp, PgDn, Home and End, too. Each is a run of its own."),
    ("T", "Dark or light."),
    ("program", ""),
    ("ctrl+z", "Back to the shell; fg returns."),
    ("q", "Saves, ends and leaves; lstm-tui sweep --resume goes on."),
)


class QueueScreen(FittedScreen[None]):
    """Shows where a queue stands, a line a member."""

    CSS_PATH = "queue.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "pause", show=False),
        Binding("question_mark", "app.perform('help')", show=False),
        Binding("T", "app.perform('theme')", show=False),
        Binding("q", "app.perform('quit')", show=False),
    ]

    def __init__(self, standing: QueueStanding, pause: Callable[[], None]) -> None:
        """pause: pauses it, or goes on."""
        super().__init__()
        self.standing = standing
        self._pause = pause

    def compose(self) -> ComposeResult:
        for name in ("small", "header", "progress", "notice", "heading"):
            yield Lines(id=f"queue-{name}")
        yield RowList(id="queue-rows")
        yield ScreenKeys(id="queue-keys")

    def on_mount(self) -> None:
        rows = self.query_one(RowList)
        rows.show(len(self.standing.members), self._row, 0)
        rows.focus()
        self.draw()

    def on_resize(self) -> None:
        self.call_after_refresh(self.draw)

    def show(self, standing: QueueStanding) -> None:
        """Draw it."""
        self.standing = standing
        self.draw()

    def draw(self) -> None:
        """Draw everything as it is."""
        now, width, height = self.standing, *self.size
        self.set_class(width < LEAST_WIDTH or height < LEAST_HEIGHT, "-too-small")
        self._line("small").show(lambda _: too_small(width, height))
        for name, words in (
            ("header", queue_words.header),
            ("progress", queue_words.progress),
            ("heading", queue_words.heading),
        ):
            self._line(name).show(partial(words, now))
        self.on_row_list_moved()
        rows = self.query_one(RowList)
        rows.renew(len(now.members), self._row, rows.cursor)
        self.query_one(ScreenKeys).show_keys(self._keys())

    def on_row_list_moved(self) -> None:
        """Say what went wrong with the member under the cursor."""
        present = self.query_one(RowList).cursor
        self._line("notice").show(lambda width: queue_words.notice(self.standing, width, present))

    def _row(self, number: int, width: int) -> list[tuple[str, str]]:
        return queue_words.member_row(self.standing, number, width)

    def _keys(self) -> list[tuple[str, str, str]]:
        state = self.standing.state
        keys = [("space", "pause", "pause")] if state == "training" else []
        keys += [("space", "go on", "pause")] if state in ("paused", "failed") else []
        return [*keys, ("q", "leave", "app.perform('quit')"), ("?", "help", "app.perform('help')")]

    def _line(self, name: str) -> Lines:
        return self.query_one(f"#queue-{name}", Lines)

    def action_pause(self) -> None:
        """Pause, or go on."""
        self._pause()
