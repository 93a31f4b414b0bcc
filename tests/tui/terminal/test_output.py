"""The slow link as a whole: what is drawn and sent while the terminal has not answered, and what when it has."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tui.terminal.output import Output

QUESTION = "\x1b[?2026$p"


class Link:
    """A terminal that answers when it is told to, and a clock that stands still."""

    def __init__(self) -> None:
        self.now = 0.0
        self.written: list[str] = []
        self.drawn = 0
        self.later: list[tuple[float, Callable[[], None]]] = []
        self.output = Output(self.written.append, self._draw, 10, self._after, lambda: self.now)

    def _draw(self) -> None:
        self.drawn += 1

    def _after(self, seconds: float, call: Callable[[], None]) -> None:
        self.later.append((self.now + seconds, call))

    def pass_time(self, seconds: float) -> None:
        """Go on by so many seconds, and make the calls that have come due, in their order."""
        end = self.now + seconds
        while due := [entry for entry in self.later if entry[0] <= end]:
            entry = min(due, key=lambda one: one[0])
            self.later.remove(entry)
            self.now = max(self.now, entry[0])
            entry[1]()
        self.now = end


def test_a_frame_is_drawn_at_most_so_many_times_a_second() -> None:
    link = Link()
    link.output.request_frame()
    link.output.request_frame()
    assert (link.drawn, link.output.is_drawn) == (1, False)
    link.pass_time(0.1)
    assert (link.drawn, link.output.is_drawn) == (2, True)


def test_a_key_does_not_wait_for_the_next_frame() -> None:
    link = Link()
    link.output.request_frame()
    link.output.request_frame()
    link.output.draw_now()
    assert link.drawn == 2


@pytest.mark.parametrize("answers", [True, False])
def test_the_end_waits_for_an_answer_and_not_for_ever(answers: bool) -> None:
    link = Link()
    ended: list[bool] = []
    link.output.answered()
    link.output._painting._sent = 100
    link.output.displayed()
    assert link.written == [QUESTION]
    link.output.when_answered(lambda: ended.append(True))
    link.pass_time(0.1)
    assert not ended
    if answers:
        link.output.answered()
    link.pass_time(0.03 if answers else 1.0)
    assert ended


def test_what_is_no_part_of_a_picture_is_on_its_way_like_all_that_is_sent() -> None:
    link = Link()
    link.output.answered()
    link.output.send("\a")
    assert link.written == ["\a", QUESTION]
    assert not link.output._has_arrived()
    link.output.answered()
    assert link.output._has_arrived()


def test_who_is_about_to_end_asks_no_more() -> None:
    link = Link()
    link.output.answered()
    link.output.ask_no_more()
    link.output._painting._sent = 100
    link.output.displayed()
    assert link.written == []
