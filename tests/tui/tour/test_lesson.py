"""What a step of the tour tells, and of which epoch."""

from __future__ import annotations

from tests.support.tour import TRAINED, at_epoch
from tui.tour.lesson import lesson
from tui.tour.place import Place
from tui.tour.steps import STEPS


def test_a_step_tells_of_its_own_epoch_when_the_run_is_further() -> None:
    text = lesson(Place(STEPS, TRAINED), at_epoch(5000)).text
    assert text == lesson(Place(STEPS, TRAINED), at_epoch(2000)).text
