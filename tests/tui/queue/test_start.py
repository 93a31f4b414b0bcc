"""What is told of a queue on the normal screen; tests/whole/test_sweep.py has the screen itself in a terminal."""

from __future__ import annotations

from tests.support.queues import queue_standing
from tui.queue.start import farewell

AGAIN, EXPORT = "lstm-tui sweep --resume luck", "lstm-tui export luck"


def test_what_has_become_of_it_and_how_to_go_on() -> None:
    assert farewell(queue_standing(state="finished"), AGAIN, EXPORT) == (
        "sweep luck is finished: `lstm-tui export luck` writes a row a member"
    )
    assert farewell(queue_standing(state="paused"), AGAIN, EXPORT) == (
        "sweep luck is saved, 1 of 4 members are done; continue with: lstm-tui sweep --resume luck"
    )
    failed = queue_standing(state="failed", problem="it is gone")
    assert farewell(failed, AGAIN, EXPORT) == (
        "sweep luck failed: it is gone; 1 of 4 members are done; continue with: lstm-tui sweep --resume luck"
    )
