"""What becomes of a sweep is told behind the screen."""

from __future__ import annotations

from tests.support.sweeps import standing
from tui.sweep.start import farewell


def test_the_last_word() -> None:
    again = "lstm-tui sweep --resume calm-sea"
    assert farewell(standing("paused"), again) == f"sweep calm-sea is saved; continue with: {again}"
    assert farewell(standing("finished"), again) == (
        "sweep calm-sea is finished: `lstm-tui export calm-sea` writes a row a member"
    )
