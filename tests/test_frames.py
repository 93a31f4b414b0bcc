"""When the screen is drawn, and what of it is sent."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from rich.console import Console
from rich.segment import Segment
from textual._compositor import ChopsUpdate
from textual.strip import Strip

from tui.frames import Frames
from tui.painting import send_only_what_changed


class Clock:
    """A clock that the test turns, with the calls that wait for it."""

    def __init__(self) -> None:
        self.now = 100.0
        self.waiting: list[tuple[float, Callable[[], None]]] = []

    def after(self, seconds: float, call: Callable[[], None]) -> None:
        self.waiting.append((self.now + seconds, call))

    def turn(self, seconds: float) -> None:
        self.now += seconds
        due = [call for at, call in self.waiting if at <= self.now]
        self.waiting = [(at, call) for at, call in self.waiting if at > self.now]
        for call in due:
            call()


class Painter:
    def __init__(self) -> None:
        self.clock = Clock()
        self.drawn: list[float] = []
        self.frames = Frames(self._draw, 10, self.clock.after, lambda: self.clock.now)

    def _draw(self) -> None:
        self.drawn.append(round(self.clock.now - 100, 3))


def test_the_first_request_is_drawn_at_once() -> None:
    painter = Painter()
    painter.frames.request()
    assert painter.drawn == [0.0]


def test_many_requests_are_few_drawings() -> None:
    painter = Painter()
    for _ in range(100):
        painter.frames.request()
        assert len(painter.clock.waiting) <= 1
        painter.clock.turn(0.01)
    assert painter.drawn == pytest.approx([tenth / 10 for tenth in range(11)], abs=0.011)


def test_the_last_request_is_drawn_too() -> None:
    painter = Painter()
    painter.frames.request()
    painter.clock.turn(0.01)
    painter.frames.request()
    painter.clock.turn(1)
    assert len(painter.drawn) == 2


def test_nothing_waits_when_nothing_is_requested() -> None:
    painter = Painter()
    painter.frames.request()
    painter.frames.request()
    painter.clock.turn(1)
    painter.clock.turn(1)
    assert painter.clock.waiting == []
    assert len(painter.drawn) == 2


def test_a_key_is_drawn_at_once_and_not_again() -> None:
    painter = Painter()
    painter.frames.request()
    painter.clock.turn(0.01)
    painter.frames.request()
    painter.frames.draw_now()
    assert painter.drawn == [0.0, 0.01]
    painter.clock.turn(1)
    assert painter.drawn == [0.0, 0.01]


def test_only_the_cells_that_changed_are_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ChopsUpdate, "render_segments", ChopsUpdate.render_segments)  # puts Textual's own back
    send_only_what_changed()
    line = {0: Strip([Segment("abcdefgh")]), 8: Strip([Segment("ijkl")])}
    update = ChopsUpdate([line], [(0, 3, 5), (0, 7, 9)], [[8, 12]])
    sent = update.render_segments(Console(color_system=None, force_terminal=True))
    assert [part.split("H")[-1] for part in sent.split("\x1b[")[1:]] == ["de", "h", "i"]
    assert "\x1b[1;4H" in sent
