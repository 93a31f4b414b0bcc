"""What a step of the tour tells, and of which epoch."""

from __future__ import annotations

from tests.support.script import ready, session_after
from tests.support.tour import TRAINED, at_epoch
from tui.tour.lesson import lesson
from tui.tour.place import Place
from tui.tour.steps import STEPS


def test_a_step_tells_of_its_own_epoch_when_the_run_is_further() -> None:
    text = lesson(Place(STEPS, TRAINED), at_epoch(5000)).text
    assert text == lesson(Place(STEPS, TRAINED), at_epoch(2000)).text


def test_what_tells_nothing_of_a_run_waits_for_none() -> None:
    """The texts before the first training are there while PyTorch loads; but for the one with the first guess."""
    loading = session_after([])
    waiting = [lesson(Place(STEPS, number), loading).waiting for number in range(4)]
    assert waiting == ["", "", "one moment", ""]
    assert lesson(Place(STEPS), loading).text == lesson(Place(STEPS), session_after(ready())).text
