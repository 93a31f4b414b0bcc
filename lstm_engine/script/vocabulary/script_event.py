"""What all that is told of a script's training has in common."""

from __future__ import annotations

from lstm_engine.protocol.message import Message

Scalar = bool | int | float | str | None


class ScriptEvent(Message, frozen=True, kw_only=True):
    """Base of them all. at: wall clock, seconds since 1970; 0 where it was not told."""

    at: float = 0.0
