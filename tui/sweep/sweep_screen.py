"""The screen on a sweep."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container

from tui.board.widgets.metric_chart import MetricChart
from tui.screens.help_screen import HelpScreen
from tui.sweep import sweep_words
from tui.sweep.chosen_members import ALL, members_of, turned
from tui.sweep.fan import fan
from tui.sweep.histogram import histogram_lines
from tui.sweep.standing import Standing
from tui.terminal.characters import is_ascii
from tui.terminal.fitted_screens import FittedScreen
from tui.text.pieces import Piece
from tui.view.layout import LEAST_HEIGHT, LEAST_WIDTH
from tui.view.status_lines import too_small
from tui.widgets.lines import Lines
from tui.widgets.screen_keys import ScreenKeys

#: From this width on the pictures stand side by side.
_WIDE = 110
_HELP = (
    ("training", ""),
    ("space", "Pauses, which saves; goes on."),
    ("view", ""),
    ("n N", "The members of the next learning rate and initialisation, or of the one before; then all again."),
    ("T", "Dark or light."),
    ("program", ""),
    ("ctrl+z", "Back to the shell; fg returns."),
    ("q", "Saves, ends and leaves; lstm-tui sweep --resume goes on."),
)


class SweepScreen(FittedScreen[None]):
    """Shows where a sweep stands.

    chosen: the combination that is looked at, by its number; ALL for all members.
    """

    CSS_PATH = "sweep.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "pause", show=False),
        Binding("n,down", "turn(1)", show=False),
        Binding("N,up", "turn(-1)", show=False),
        Binding("question_mark", "help", show=False),
        Binding("T", "app.perform('theme')", show=False),
        Binding("q", "app.perform('quit')", show=False),
    ]

    def __init__(self, standing: Standing, pause: Callable[[], None]) -> None:
        """pause: pauses it, or goes on."""
        super().__init__()
        self._standing = standing
        self._pause = pause
        self.chosen = ALL

    def compose(self) -> ComposeResult:
        yield Lines(id="sweep-small")
        yield Lines(id="sweep-header")
        yield Lines(id="sweep-progress")
        yield Lines(id="sweep-notice")
        with Container(id="sweep-body"):
            yield MetricChart(id="sweep-fan")
            with Container(id="sweep-side"):
                yield Lines(id="sweep-shares")
                yield Lines(id="sweep-histogram")
        yield ScreenKeys(id="sweep-keys")

    def on_mount(self) -> None:
        self.query_one("#sweep-histogram").border_title = "last losses"
        self.draw()

    def on_resize(self) -> None:
        self.set_class(self.size.width < _WIDE, "-narrow")
        self.call_after_refresh(self.draw)

    def show(self, standing: Standing) -> None:
        """Draw it."""
        self._standing = standing
        self.draw()

    def draw(self) -> None:
        """Draw everything as it is."""
        now, width, height = self._standing, *self.size
        is_small = width < LEAST_WIDTH or height < LEAST_HEIGHT
        self.set_class(is_small, "-too-small")
        self._line("small").show(lambda _: too_small(width, height))
        self._line("header").show(lambda room: sweep_words.header(now, room))
        self._line("progress").show(lambda room: sweep_words.progress(now, room))
        self._line("notice").show(lambda room: sweep_words.notice(now, room))
        shares = self._line("shares")
        shares.border_title = f"within {now.settings.solved:g} of the target"
        shares.show(lambda room: _joined(sweep_words.share_table(now, self.chosen, room)))
        histogram = self._line("histogram")
        histogram.show(lambda room: _joined(self._histogram(room, histogram.size.height)))
        if now.results is not None:
            self.query_one(MetricChart).show(fan(now.results, self.chosen))
        self.query_one(ScreenKeys).show_keys(self._keys())

    def _histogram(self, width: int, height: int) -> list[list[Piece]]:
        results = self._standing.results
        if results is None or not height:
            return []
        losses = results.loss[members_of(results.settings, self.chosen)]
        return histogram_lines(losses, width, height, ascii_text=is_ascii(self.app))

    def _keys(self) -> list[tuple[str, str, str]]:
        state = self._standing.state
        keys = [("space", "pause", "pause")] if state == "training" else []
        keys += [("space", "go on", "pause")] if state in ("paused", "failed") else []
        return [*keys, ("n", "next", "turn(1)"), ("q", "leave", "app.perform('quit')"), ("?", "help", "help")]

    def _line(self, name: str) -> Lines:
        return self.query_one(f"#sweep-{name}", Lines)

    # --- actions -----------------------------------------------------------------------------------------------------

    def action_pause(self) -> None:
        """Pause, or go on."""
        self._pause()

    def action_turn(self, by: int) -> None:
        """Look at the next members."""
        self.chosen = turned(self._standing.settings, self.chosen, by)
        self.draw()

    def action_help(self) -> None:
        """All keys."""
        self.app.push_screen(HelpScreen(_HELP))


def _joined(lines: list[list[Piece]]) -> list[Piece]:
    """Lines of pieces as pieces with breaks between them."""
    joined: list[Piece] = []
    for number, line in enumerate(lines):
        joined += [("\n", ""), *line] if number else line
    return joined
