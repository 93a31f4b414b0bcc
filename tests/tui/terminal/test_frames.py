"""When the screen is drawn."""

from __future__ import annotations

import pytest

from tests.support.clock import Clock
from tui.terminal.frames import Frames


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


def test_what_a_key_asked_for_and_is_drawn_is_not_drawn_again() -> None:
    painter = Painter()
    painter.frames.request()
    painter.frames.draw_now()
    assert painter.drawn == [0.0]


def test_a_key_is_drawn_at_once_and_not_again() -> None:
    painter = Painter()
    painter.frames.request()
    painter.clock.turn(0.01)
    painter.frames.request()
    painter.frames.draw_now()
    assert painter.drawn == [0.0, 0.01]
    painter.clock.turn(1)
    assert painter.drawn == [0.0, 0.01]
