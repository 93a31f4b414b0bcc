"""A queue's process, as what is told of it."""

from __future__ import annotations

import msgspec

from tui.queue.queue_standing import QueueStanding
from tui.queue.told_member import ToldMember
from tui.sweep.process_source import ProcessSource


class QueueSource(ProcessSource[QueueStanding]):
    """Takes in a word on a member after the other."""

    async def take(self, line: bytes) -> None:
        now = self.standing.telling(msgspec.json.decode(line, type=ToldMember))
        self.become(told=now.told, state="pausing" if now.state == "pausing" else "training")
