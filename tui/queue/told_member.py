"""What a queue's process tells of a member."""

from __future__ import annotations

import msgspec


class ToldMember(msgspec.Struct, frozen=True):
    """A line of it.

    state: waiting, training, done, stopped or failed. where: the worker that trains it; empty for this machine.
    epoch, epochs: completed ones, and the last one; None where that is not known. cause: why it failed.
    """

    run: str
    state: str
    where: str = ""
    epoch: int | None = None
    epochs: int | None = None
    loss: float | None = None
    cause: str = ""
