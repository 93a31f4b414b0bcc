"""What becomes of a sweep is told behind the screen."""

from __future__ import annotations

from tests.support.sweeps import standing
from tui.sweep.start import farewell


def test_the_last_word() -> None:
    again = "lstm-tui sweep --resume calm-sea"
    export = "lstm-tui export calm-sea"
    assert farewell(standing("paused"), again, export) == f"sweep calm-sea is saved; continue with: {again}"
    assert farewell(standing("failed", problem="the disk is full"), again, export) == (
        f"sweep calm-sea failed: the disk is full; continue with: {again}"
    )
    assert farewell(standing("finished"), again, export) == (
        "sweep calm-sea is finished: `lstm-tui export calm-sea` writes a row a member"
    )
