"""Over a slow link frames wait until the last one has arrived; keys don't."""

from __future__ import annotations

import pytest

from tests.support.clock import Clock
from tui.terminal.backlog import Backlog
from tui.terminal.frames import Frames


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
        self.backlog.ask(1000)

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
    terminal.frames.request()
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
    assert len(terminal.drawn) > 1
    assert len(terminal.sent) == 1, "a late answer would be taken for the next one's"


def test_nothing_waits_when_nothing_is_requested() -> None:
    terminal = SlowTerminal()
    terminal.backlog.answered()
    terminal.frames.request()
    terminal.clock.turn(1)
    assert terminal.clock.waiting == []


def arrive(terminal: SlowTerminal, size: int, seconds: float) -> None:
    """`size` bytes are sent, and arrive after so many seconds."""
    terminal.backlog.ask(size)
    terminal.clock.turn(seconds)
    terminal.backlog.answered()


def test_a_slow_link_gets_no_more_at_once_than_arrives_soon() -> None:
    terminal = SlowTerminal()
    terminal.backlog.answered()
    arrive(terminal, 100, 0.001)
    assert terminal.backlog.room is None
    arrive(terminal, 4000, 4000 / 10_240)
    for _ in range(20):
        size = 4000 if terminal.backlog.room is None else terminal.backlog.room
        arrive(terminal, size, size / 10_240)
        assert terminal.backlog.room is not None
        assert terminal.backlog.room / 10_240 < 0.05


def test_a_link_that_is_fast_again_gets_all_again() -> None:
    terminal = SlowTerminal()
    terminal.backlog.answered()
    arrive(terminal, 100, 0.001)
    arrive(terminal, 4000, 0.4)
    arrive(terminal, 4000, 0.4)
    for _ in range(40):
        arrive(terminal, terminal.backlog.room or 4000, 0.001)
    assert terminal.backlog.room is None


def test_a_single_late_answer_does_not_make_it_slow() -> None:
    terminal = SlowTerminal()
    terminal.backlog.answered()
    for seconds in (0.001, 0.2, 0.001, 0.2, 0.001):
        arrive(terminal, 1000, seconds)
        assert terminal.backlog.room is None


def test_a_far_terminal_is_not_a_slow_link() -> None:
    terminal = SlowTerminal()
    terminal.backlog.answered()
    for size in (8000, 200, 8000, 2000):
        arrive(terminal, size, 0.3)
        assert terminal.backlog.room is None


def test_an_answer_that_is_not_ours_does_not_make_a_far_terminal_slow() -> None:
    terminal = SlowTerminal()
    terminal.backlog.answered()
    arrive(terminal, 1000, 0.3)
    terminal.backlog.lose_track()  # as after fg, when Textual asks the same
    terminal.backlog.answered()
    terminal.backlog.ask(1000)
    assert terminal.sent[1:] == []
    terminal.clock.turn(4)
    for _ in range(5):
        arrive(terminal, 4000, 0.3)
        assert terminal.backlog.room is None


def test_nothing_is_asked_once_it_is_paused() -> None:
    terminal = SlowTerminal()
    terminal.backlog.answered()
    terminal.backlog.pause()
    terminal.backlog.ask(100)
    assert terminal.sent == []
    assert terminal.backlog.is_clear


def test_a_link_that_becomes_far_is_not_slow_for_good() -> None:
    terminal = SlowTerminal()
    terminal.backlog.answered()
    arrive(terminal, 100, 0.001)
    for _ in range(1000):
        arrive(terminal, 4000, 0.3)
    assert terminal.backlog.room is None


def test_what_is_on_its_way_takes_of_the_room() -> None:
    terminal = SlowTerminal()
    terminal.backlog.answered()
    arrive(terminal, 100, 0.001)
    arrive(terminal, 4000, 0.4)
    arrive(terminal, 4000, 0.4)
    room = terminal.backlog.room
    assert room
    terminal.backlog.ask(room)
    assert terminal.backlog.room == pytest.approx(room, abs=1)
    terminal.backlog.ask(room)
    assert terminal.backlog.room == 0
