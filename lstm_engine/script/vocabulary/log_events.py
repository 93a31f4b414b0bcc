"""What logs that others wrote are read as."""

from __future__ import annotations

import msgspec

from lstm_engine.script.vocabulary.script_event import Scalar, ScriptEvent


class Logged(ScriptEvent, frozen=True, kw_only=True):
    """Values of one metric. step: of each, not always ascending. value: of each."""

    name: str
    step: list[int]
    value: list[float | None]


class Described(ScriptEvent, frozen=True, kw_only=True):
    """What is known of a log's training beside its metrics."""

    hyperparameters: dict[str, Scalar] = msgspec.field(default_factory=dict)
    texts: dict[str, str] = msgspec.field(default_factory=dict)
