from __future__ import annotations

import msgspec
import pytest

from tests.support.queues import queue_standing
from tui.queue.queue_source import QueueSource
from tui.queue.queue_standing import QueueStanding

LINE = b'{"run":"luck-3","state":"training","where":"","epoch":1,"epochs":3,"loss":0.5}'


async def test_a_word_on_a_member_is_taken_in() -> None:
    source, told = QueueSource([], queue_standing(state="starting")), list[QueueStanding]()
    source._tell = told.append
    await source.take(LINE)
    assert (source.standing.state, source.standing.member(2).epoch) == ("training", 1)
    source.become(state="pausing")
    await source.take(LINE)
    assert [standing.state for standing in told] == ["training", "pausing", "pausing"]


async def test_what_is_none_is_left_out() -> None:
    with pytest.raises(msgspec.DecodeError):
        await QueueSource([], queue_standing()).take(b"nothing of the kind")
