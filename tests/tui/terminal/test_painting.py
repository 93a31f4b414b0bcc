"""What is sent to the terminal: a terminal that is sent it shows what is wanted, for as few bytes as it takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from tui.terminal.painting import Painting

CONSOLE = Console(color_system="truecolor", force_terminal=True)
WIDTH, HEIGHT = 24, 6
STYLES = [Style(), Style(bold=True), Style(color="red"), Style(color="red", bgcolor="blue")]


class Watched:
    """A terminal that shows what is painted."""

    def __init__(self, room: int | None = None) -> None:
        self.screen = pyte.Screen(WIDTH, HEIGHT)
        self._stream = pyte.Stream(self.screen)
        self.room = room
        self.painting = Painting(lambda: self.room)

    def lay(self, lines: Sequence[Strip]) -> str:
        return self._show(
            self.painting.lay(LayoutUpdate([[line] for line in lines], Region(0, 0, WIDTH, HEIGHT)), CONSOLE)
        )

    def change(self, lines: Mapping[int, Strip], spans: list[tuple[int, int, int]]) -> str:
        chops: list[dict[int, Strip | None]] = [{0: lines.get(y)} for y in range(HEIGHT)]
        return self._show(self.painting.change(ChopsUpdate(chops, spans, [[WIDTH]] * HEIGHT), CONSOLE))

    def go_on(self) -> str:
        return self._show(self.painting.go_on())

    def _show(self, sent: str) -> str:
        self._stream.feed(sent)
        return sent

    @property
    def lines(self) -> list[str]:
        return list(self.screen.display)


def line(text: str, style: Style | None = None) -> Strip:
    return Strip([Segment(text.ljust(WIDTH), style or STYLES[0])], WIDTH)


def lines(*texts: str) -> list[Strip]:
    return [line(text) for text in [*texts, *[""] * (HEIGHT - len(texts))]]


def test_only_the_cells_that_differ_are_sent() -> None:
    watched = Watched()
    watched.lay(lines("loss 0.1677", "unchanged"))
    sent = watched.change({0: line("loss 0.1675"), 1: line("unchanged")}, [(0, 0, WIDTH), (1, 0, WIDTH)])
    assert sent == "\x1b[1;11H5"
    assert watched.lines[0].rstrip() == "loss 0.1675"


def test_what_is_outside_the_span_is_left_alone() -> None:
    watched = Watched()
    watched.lay(lines("aaaa"))
    watched.change({0: line("bbbb")}, [(0, 1, 3)])
    assert watched.lines[0].rstrip() == "abba"


def test_a_layout_that_looks_the_same_costs_nothing() -> None:
    watched = Watched()
    watched.lay(lines("a", "b"))
    assert watched.lay(lines("a", "b")) == ""
    watched.painting.forget()
    assert watched.lay(lines("a", "b")) != ""


def test_cells_that_differ_in_style_alone_are_sent() -> None:
    watched = Watched()
    watched.lay(lines("abc"))
    watched.change({0: line("abc", STYLES[2])}, [(0, 0, WIDTH)])
    assert watched.screen.buffer[0][1].fg == "red"


def test_over_a_slow_link_the_rest_waits_and_what_is_new_goes_first() -> None:
    watched = Watched()
    watched.lay(lines())
    watched.room = 30
    watched.change({y: line("x" * WIDTH) for y in range(3)}, [(y, 0, WIDTH) for y in range(3)])
    assert [text.strip() for text in watched.lines[:3]] == ["x" * WIDTH, "", ""]
    assert not watched.painting.is_complete
    watched.change({5: line("y" * WIDTH)}, [(5, 0, WIDTH)])
    assert watched.lines[5] == "y" * WIDTH
    watched.go_on()
    watched.go_on()
    assert watched.painting.is_complete
    assert watched.lines[:3] == ["x" * WIDTH] * 3


def test_what_waits_is_sent_as_it_looks_then() -> None:
    watched = Watched()
    watched.lay(lines())
    watched.room = 0
    watched.change({0: line("old")}, [(0, 0, WIDTH)])
    watched.change({0: line("new")}, [(0, 0, WIDTH)])
    watched.room = None
    watched.go_on()
    assert watched.lines[0].rstrip() == "new"


def test_what_waits_below_a_lower_terminal_is_forgotten() -> None:
    watched = Watched(room=1)
    watched.lay(lines(*["x" * WIDTH] * HEIGHT))
    assert not watched.painting.is_complete
    low = LayoutUpdate([[line("y")], [line("z")]], Region(0, 0, WIDTH, 2))
    watched.room = None
    assert "y" in watched.painting.lay(low, CONSOLE)
    assert watched.painting.is_complete


def test_a_wide_character_is_sent_whole_wherever_what_changed_begins_and_ends() -> None:
    for first in range(6):
        for end in range(first + 1, 7):
            watched = Watched()
            watched.lay(lines("界漢字 a"))
            watched.painting.forget()
            sent = watched.change({0: line("界漢字 a")}, [(0, first, end)])
            assert watched.lines[0].rstrip() == "界漢字 a"
            start = int(sent.split(";")[1].split("H")[0]) - 1
            assert start % 2 == 0, "the cursor stands in the middle of a character"


def test_the_bytes_are_counted() -> None:
    watched = Watched()
    sent = watched.lay(lines("⣀⣀"))
    assert watched.painting.sent() == len(sent.encode())
    assert watched.painting.sent() == 0


TEXTS = st.text(st.sampled_from("ab ⣀╌界"), max_size=WIDTH // 2)
STRIPS = st.lists(st.tuples(TEXTS, st.sampled_from(STYLES)), max_size=2).map(
    lambda parts: Strip([Segment(text, style) for text, style in parts]).adjust_cell_length(WIDTH)
)
CHANGES = st.lists(
    st.tuples(st.integers(0, HEIGHT - 1), STRIPS, st.integers(0, WIDTH - 1), st.integers(1, WIDTH)), max_size=8
)


@given(first=st.lists(STRIPS, min_size=HEIGHT, max_size=HEIGHT), changes=CHANGES, room=st.integers(0, 60))
def test_whatever_changes_the_terminal_ends_with_what_is_wanted(
    first: list[Strip], changes: list[tuple[int, Strip, int, int]], room: int
) -> None:
    watched, whole = Watched(), Watched()
    watched.lay(first)
    wanted = list(first)
    watched.room = room
    for y, strip, *_ in changes:
        wanted[y] = strip
        watched.change({y: strip}, [(y, 0, WIDTH)])
    watched.room = None
    watched.go_on()
    whole.lay(wanted)
    assert watched.lines == whole.lines
    assert watched.screen.buffer == whole.screen.buffer


def test_one_app_may_follow_another(monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in (ChopsUpdate, LayoutUpdate):
        monkeypatch.setattr(kind, "render_segments", kind.render_segments)  # put back in the end
    layout = LayoutUpdate([[Strip([Segment("loss")])]] * HEIGHT, Region(0, 0, WIDTH, HEIGHT))
    for _ in range(2):
        painting = Painting()
        painting.install()
        assert "loss" in layout.render_segments(CONSOLE)  # the terminal shows nothing yet
        assert "loss" not in layout.render_segments(CONSOLE)
        assert painting.sent() > 0
