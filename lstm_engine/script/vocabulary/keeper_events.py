"""What the keeper of a script's process tells."""

from __future__ import annotations

import msgspec

from lstm_engine.script.vocabulary.script_event import ScriptEvent

#: The version of the vocabulary, in ScriptStarted and FitOpened.
VOCABULARY = 1


class ScriptStarted(ScriptEvent, frozen=True, kw_only=True):
    """The script's process runs. pid: its own. resumed_from: the checkpoint that it goes on from.

    max_epochs: where the fit of that is to end; None as the script says.
    """

    pid: int
    host: str
    argv: tuple[str, ...]
    directory: str
    vocabulary: int = VOCABULARY
    resumed_from: str | None = None
    max_epochs: int | None = None


class ScriptEnded(ScriptEvent, frozen=True, kw_only=True):
    """The process is gone. status: its exit status, None where a signal ended it. signal: that one's name, else empty.

    last: the end of what it wrote, for the cause of a failure.
    """

    status: int | None
    signal: str = ""
    last: str = ""


class Gpu(msgspec.Struct, frozen=True, kw_only=True):
    """One GPU. utilisation: 0 to 1. memory, memory_total: bytes. temperature: °C. power: W. None where not known."""

    name: str
    utilisation: float | None = None
    memory: int | None = None
    memory_total: int | None = None
    temperature: float | None = None
    power: float | None = None


class Machine(ScriptEvent, frozen=True, kw_only=True):
    """What the script takes of the machine. processor: cores that it and its children keep busy.

    memory: bytes that they have resident; what several of them share counts for each.
    free: bytes of memory that the machine has left.
    """

    processor: float
    memory: int
    free: int | None = None
    gpus: tuple[Gpu, ...] = ()
