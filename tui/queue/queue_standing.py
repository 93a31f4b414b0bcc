"""Where a queue stands, as frozen data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from lstm_engine.queue.queue_settings import QueueMember
from tui.queue.told_member import ToldMember
from tui.sweep.standing import State

#: The states of members, in the order in which they are counted.
MEMBER_STATES = ("training", "waiting", "done", "stopped", "failed")


@dataclass(frozen=True)
class QueueStanding:
    """name: the queue's. prices: what they are. told: by run, the last word on it.

    problem: why it failed; empty where it has not.
    """

    name: str
    prices: str
    members: tuple[QueueMember, ...]
    told: Mapping[str, ToldMember] = field(default_factory=dict)
    state: State = "starting"
    problem: str = ""

    def member(self, number: int) -> ToldMember:
        """The last word on the member of that number."""
        run = self.members[number].run
        return self.told.get(run, ToldMember(run, "waiting"))

    def count(self, state: str) -> int:
        """How many members are in a state."""
        return sum(self.member(number).state == state for number in range(len(self.members)))

    def telling(self, member: ToldMember) -> QueueStanding:
        """After a word on a member; what it leaves out of epochs is as before."""
        before = self.told.get(member.run)
        if before is not None and member.epoch is None:
            kept = ToldMember(
                member.run,
                member.state,
                member.where or before.where,
                before.epochs if member.state == "done" else before.epoch,
                before.epochs,
                before.loss,
                member.cause,
            )
            member = kept
        return replace(self, told={**self.told, member.run: member})
