"""What a command to a script's training is answered with; `id` is the command's."""

from __future__ import annotations

import msgspec

from lstm_engine.script.vocabulary.script_event import ScriptEvent


class Paused(ScriptEvent, frozen=True, kw_only=True):
    """Training waits behind a step. batch: of the epoch, None at its end."""

    step: int
    epoch: int
    batch: int | None = None
    id: str | None = None


class Going(ScriptEvent, frozen=True, kw_only=True):
    """Training goes on."""

    step: int
    id: str | None = None


class Stopping(ScriptEvent, frozen=True, kw_only=True):
    """Training ends behind this step; what it was saved as was told before."""

    step: int
    id: str | None = None


class TargetChanged(ScriptEvent, frozen=True, kw_only=True):
    """The fit goes on to another end. None: without that limit."""

    max_epochs: int | None = None
    max_steps: int | None = None
    id: str | None = None


class LrScaled(ScriptEvent, frozen=True, kw_only=True):
    """The learning rates were multiplied by `factor`, those of the schedulers too. lr: after it, by name."""

    step: int
    factor: float
    lr: dict[str, float] = msgspec.field(default_factory=dict)
    id: str | None = None


class Refused(ScriptEvent, frozen=True, kw_only=True):
    """A command was not carried out, and nothing changed. reason: one sentence."""

    command: str
    reason: str
    id: str | None = None


Answer = Paused | Going | Stopping | TargetChanged | LrScaled | Refused
