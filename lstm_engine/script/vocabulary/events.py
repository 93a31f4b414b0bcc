"""What is told of a script's training: the lines of `events.jsonl`, and what other logs are read as.

The hook in the script's process writes them with `json`, the keeper with these classes; each line is one object with a
`type`. Every event may carry `at`, the wall clock in seconds since 1970; a value that is not finite is null.
Steps are optimiser steps, as Lightning's `global_step` counts them.
"""

from __future__ import annotations

import msgspec

from lstm_engine.script.vocabulary.answers import Answer
from lstm_engine.script.vocabulary.fit_events import (
    EpochEnded,
    EpochStarted,
    FitEnded,
    FitFailed,
    FitOpened,
    FitStarted,
    HookOff,
    PhaseEnded,
    PhaseProgress,
    PhaseStarted,
    Steps,
)
from lstm_engine.script.vocabulary.keeper_events import Machine, ScriptEnded, ScriptStarted
from lstm_engine.script.vocabulary.log_events import Described, Logged
from lstm_engine.script.vocabulary.module_events import CheckpointWritten, Gates, Layers

#: The file in a script's run that they are written to, and read from.
EVENTS = "events.jsonl"

_OfKeeper = ScriptStarted | ScriptEnded | Machine
_OfFit = FitOpened | FitStarted | EpochStarted | Steps | EpochEnded | FitEnded | FitFailed | HookOff
_OfPhase = PhaseStarted | PhaseProgress | PhaseEnded
_OfModule = Layers | Gates | CheckpointWritten
_OfOthers = Logged | Described
Event = _OfKeeper | _OfFit | _OfPhase | _OfModule | Answer | _OfOthers

_decoder = msgspec.json.Decoder(Event)


def decode_event(line: bytes) -> Event:
    """Raises msgspec.DecodeError where the line is no event."""
    event: Event = _decoder.decode(line)
    return event
