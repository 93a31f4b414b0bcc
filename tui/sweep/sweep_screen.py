"""The screen on a sweep."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

import numpy as np
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container

from tui.board.widgets.metric_chart import MetricChart
from tui.options import EngineOptions
from tui.sweep import sweep_words
from tui.sweep.chosen_members import ALL, choice_words, members_of
from tui.sweep.fan import fan
from tui.sweep.histogram import Bin, bins, histogram_lines
from tui.sweep.members.listed import Listed
from tui.sweep.members.member_screen import MemberScreen
from tui.sweep.members.recomputation import Brought
from tui.sweep.place import Place
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


class SweepScreen(FittedScreen[None]):
    """Shows where a sweep stands.

    place: where the cursor is, and what is listed.
    """

    CSS_PATH = "sweep.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "pause", show=False),
        Binding("n", "turn(1)", show=False),
        Binding("N,upper_n", "turn(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("tab,shift+tab", "switch", show=False),
        Binding("enter", "list", show=False),
        Binding("question_mark", "app.perform('help')", show=False),
        Binding("T", "app.perform('theme')", show=False),
        Binding("q", "app.perform('quit')", show=False),
    ]

    def __init__(
        self,
        standing: Standing,
        pause: Callable[[], None],
        engine: EngineOptions,
        open_run: Callable[[Brought], None],
        place: Place | None = None,
    ) -> None:
        """pause: pauses it, or goes on. engine, open_run: as of a list of members. place: where it was left."""
        super().__init__()
        self._standing = standing
        self._pause = pause
        self._engine = engine
        self._open_run = open_run
        self._place = place or Place()
        self._bins: list[Bin] = []
        self._members: MemberScreen | None = None

    @property
    def place(self) -> Place:
        """With the list as it is by now."""
        return replace(self._place, listed=self._members.listed if self._members else None)

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
        if self._place.listed is not None:
            self._list(self._place.listed)

    def on_resize(self) -> None:
        self.set_class(self.size.width < _WIDE, "-narrow")
        self.call_after_refresh(self.draw)

    def show(self, standing: Standing) -> None:
        """Draw it, and the members that are listed."""
        self._standing = standing
        self.draw()
        if self._members is not None and self._members.is_attached:
            self._members.show(standing)

    def draw(self) -> None:
        """Draw everything as it is."""
        now, place, width, height = self._standing, self._place, *self.size
        is_small = width < LEAST_WIDTH or height < LEAST_HEIGHT
        self.set_class(is_small, "-too-small")
        self._line("small").show(lambda _: too_small(width, height))
        self._line("header").show(lambda room: sweep_words.header(now, room))
        self._line("progress").show(lambda room: sweep_words.progress(now, room))
        self._line("notice").show(lambda room: sweep_words.notice(now, room))
        shares, ascii_text = self._line("shares"), is_ascii(self.app)
        shares.border_title = f"within {now.settings.solved:g} of the target"
        shares.show(lambda room: _joined(sweep_words.share_table(now, place, room, ascii_text=ascii_text)))
        histogram = self._line("histogram")
        self._bins = self._found_bins(histogram.size.height)
        cursor = place.within(len(self._bins)) if place.is_on_losses else None
        histogram.show(lambda room: _joined(histogram_lines(self._bins, room, cursor, ascii_text=ascii_text)))
        shares.set_class(not place.is_on_losses, "-present")
        histogram.set_class(place.is_on_losses, "-present")
        if now.results is not None:
            self.query_one(MetricChart).show(fan(now.results, place.chosen))
        self.query_one(ScreenKeys).show_keys(self._keys())

    def _found_bins(self, height: int) -> list[Bin]:
        """The ranges of the last losses, of the members that are looked at."""
        results = self._standing.results
        if results is None or not height:
            return []
        return bins(results.loss[members_of(results.settings, self._place.chosen)], height)

    def _keys(self) -> list[tuple[str, str, str]]:
        state = self._standing.state
        keys = [("space", "pause", "pause")] if state == "training" else []
        keys += [("space", "go on", "pause")] if state in ("paused", "failed") else []
        other = "shares" if self._place.is_on_losses else "losses"
        keys += [("n", "next", "turn(1)"), ("tab", other, "switch"), ("Enter", "members", "list")]
        return [*keys, ("q", "leave", "app.perform('quit')"), ("?", "help", "app.perform('help')")]

    def _line(self, name: str) -> Lines:
        return self.query_one(f"#sweep-{name}", Lines)

    # --- actions -----------------------------------------------------------------------------------------------------

    def action_pause(self) -> None:
        """Pause, or go on."""
        self._pause()

    def action_turn(self, by: int) -> None:
        """Look at the next members."""
        self._go_to(self._place.turned(self._standing.settings, by))

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        self._go_to(self._place.moved(self._standing.settings, by, len(self._bins)))

    def action_switch(self) -> None:
        """Have the cursor in the other of shares and losses."""
        self._go_to(self._place.switched())

    def _go_to(self, place: Place) -> None:
        self._place = place
        self.draw()

    def action_list(self) -> None:
        """List the members that the cursor is on."""
        settings, place = self._standing.settings, self._place
        if self._standing.results is None:
            return
        chosen = members_of(settings, place.chosen)
        what = "the whole sweep" if place.chosen == ALL else choice_words(settings, place.chosen)
        members = np.arange(chosen.start, chosen.stop)
        if place.is_on_losses:
            if not self._bins:
                return
            bin_ = self._bins[place.within(len(self._bins))]
            what, members = f"{what}, last loss {bin_.label}", members[bin_.members]
        if len(members):
            self._list(Listed(what, members))

    def _list(self, listed: Listed) -> None:
        self._members = MemberScreen(self._standing, listed, self._engine, self._open_run)
        self.app.push_screen(self._members, self._listed)

    def _listed(self, _: Listed | None) -> None:
        self._members = None


def _joined(lines: list[list[Piece]]) -> list[Piece]:
    """Lines of pieces as pieces with breaks between them."""
    joined: list[Piece] = []
    for number, line in enumerate(lines):
        joined += [("\n", ""), *line] if number else line
    return joined
