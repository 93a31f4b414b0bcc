"""What a script's training can be told: one JSON object a line, at most `LONGEST` bytes, to the hook's socket.

A command is carried out behind an optimiser step. Its `id` stands in the event that answers it. Going on from a
checkpoint is no command: that starts another process.
"""

from __future__ import annotations

import msgspec

from lstm_engine.protocol.message import Message

#: Bytes of a command's line, at most; the hook throws longer ones away.
LONGEST = 4096


class ScriptCommand(Message, frozen=True, kw_only=True):
    """Base of them all. id: whatever the sender tells its commands apart by."""

    id: str = ""


class Pause(ScriptCommand, frozen=True, kw_only=True):
    """Wait behind the next step, or behind the epoch. Answer: Paused."""

    at_epoch: bool = False


class Go(ScriptCommand, frozen=True, kw_only=True):
    """Go on. Answer: Going."""


class SaveCheckpoint(ScriptCommand, frozen=True, kw_only=True):
    """Save at the next step from which going on is exact. Answer: CheckpointWritten."""


class StopFit(ScriptCommand, frozen=True, kw_only=True):
    """Save, then end the fit as Lightning does. Answers: CheckpointWritten, Stopping."""


class SetTarget(ScriptCommand, frozen=True, kw_only=True):
    """Train to another end. None leaves that limit as it is. Answer: TargetChanged."""

    max_epochs: int | None = None
    max_steps: int | None = None


class ScaleLr(ScriptCommand, frozen=True, kw_only=True):
    """Multiply all learning rates, and what schedulers make them of. factor: > 0. Answer: LrScaled."""

    factor: float


class WatchLayers(ScriptCommand, frozen=True, kw_only=True):
    """How long somebody looks at the layers: statistics are taken for so many seconds from now, 0 for none.

    updates: what a step changes, too. gates: the gates of the recurrent modules, too, at the next validation.
    sample: which sequence of that one's first batch, from 0; the last where there are fewer.
    """

    seconds: float
    updates: bool = False
    gates: bool = False
    sample: int = 0


Command = Pause | Go | SaveCheckpoint | StopFit | SetTarget | ScaleLr | WatchLayers

_encoder = msgspec.json.Encoder()


def encode(command: Command) -> bytes:
    """One line, newline included."""
    return _encoder.encode(command) + b"\n"
