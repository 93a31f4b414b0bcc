"""Over a slow link frames wait until the last one has arrived; keys don't."""

from __future__ import annotations

from tests.test_frames import Clock
from tui.backlog import Backlog
from tui.frames import Frames


class SlowTerminal:
    """Frames on a terminal that answers when the test says so."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.drawn: list[float] = []
        self.sent: list[str] = []
        self.backlog = Backlog(self.sent.append, lambda: self.frames.go_on(), lambda: self.clock.now)
        self.frames = Frames(self._draw, 10, self.clock.after, lambda: self.clock.now, lambda: self.backlog.is_clear)

    def _draw(self) -> None:
        self.drawn.append(round(self.clock.now - 100, 3))
        self.backlog.ask()

    def request_for(self, seconds: float) -> None:
        for _ in range(round(seconds / 0.01)):
            self.frames.request()
            self.clock.turn(0.01)


def test_a_terminal_that_never_answers_is_not_asked() -> None:
    terminal = SlowTerminal()
    terminal.request_for(1)
    assert terminal.sent == []
    assert len(terminal.drawn) >= 9


def test_the_next_frame_waits_until_the_last_one_has_arrived() -> None:
    terminal = SlowTerminal()
    terminal.backlog.answered()
    terminal.request_for(0.5)
    assert terminal.drawn == [0.0]
    terminal.backlog.answered()
    assert terminal.drawn == [0.0, 0.5]
    assert len(terminal.sent) == 2


def test_an_answer_in_time_changes_nothing() -> None:
    terminal = SlowTerminal()
    terminal.backlog.answered()
    terminal.frames.request()
    terminal.backlog.answered()
    terminal.frames.request()
    assert terminal.drawn == [0.0]
    terminal.clock.turn(0.1)
    assert terminal.drawn == [0.0, 0.1]


def test_a_key_is_drawn_at_once_and_both_must_arrive() -> None:
    terminal = SlowTerminal()
    terminal.backlog.answered()
    terminal.frames.request()
    terminal.clock.turn(0.05)
    terminal.frames.draw_now()
    assert terminal.drawn == [0.0, 0.05]
    terminal.frames.request()
    terminal.clock.turn(0.2)
    terminal.backlog.answered()
    assert len(terminal.drawn) == 2
    terminal.backlog.answered()
    assert terminal.drawn == [0.0, 0.05, 0.25]


def test_an_answer_that_is_lost_is_given_up() -> None:
    terminal = SlowTerminal()
    terminal.backlog.answered()
    terminal.request_for(2.5)
    assert terminal.drawn == [0.0]
    terminal.request_for(1)
    assert len(terminal.drawn) == 2


def test_nothing_waits_when_nothing_is_requested() -> None:
    terminal = SlowTerminal()
    terminal.backlog.answered()
    terminal.frames.request()
    terminal.clock.turn(1)
    assert terminal.clock.waiting == []


def test_a_link_is_slow_as_soon_as_a_frame_takes_its_time_and_until_a_small_one_is_quick() -> None:
    terminal = SlowTerminal()
    terminal.backlog.answered()
    for taken, slow in ((0.05, False), (0.3, True), (0.05, True), (0.01, False)):
        terminal.backlog.ask()
        terminal.clock.turn(taken)
        terminal.backlog.answered()
        assert terminal.backlog.is_slow == slow


def test_what_a_key_asks_for_is_drawn_whole() -> None:
    clock, drawn = Clock(), list[str]()
    frames = Frames(
        lambda: drawn.append("whole"), 10, clock.after, lambda: clock.now, draw_frame=lambda: drawn.append("share")
    )
    frames.request()
    frames.draw_now()
    assert drawn == ["share", "whole"]
