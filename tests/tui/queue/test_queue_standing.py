from __future__ import annotations

from tests.support.queues import queue_standing
from tui.queue.told_member import ToldMember


def test_what_is_not_told_of_waits() -> None:
    standing = queue_standing(told={})
    assert [standing.member(number).state for number in range(4)] == ["waiting"] * 4
    assert (standing.count("waiting"), standing.count("done")) == (4, 0)


def test_a_member_s_end_keeps_what_was_known_of_its_training() -> None:
    standing = queue_standing().telling(ToldMember("luck-2", "failed", cause="it diverged"))
    assert standing.member(1) == ToldMember("luck-2", "failed", "tcp://10.0.0.7:40123", 2, 3, 0.5, "it diverged")
    done = queue_standing().telling(ToldMember("luck-2", "done")).member(1)
    assert (done.epoch, done.epochs, done.loss) == (3, 3, 0.5)
    assert queue_standing().telling(ToldMember("luck-3", "done")).member(2) == ToldMember("luck-3", "done")
