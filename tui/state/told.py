"""What a board is told of the runs it shows, and whatever tells it: a script's training, or a folder of logs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from lstm_engine.script.vocabulary.commands import Command
from lstm_engine.script.vocabulary.events import Event


@dataclass(frozen=True)
class PriceFiles:
    """Where a run of a model of prices keeps them. directory: the run's.

    mark: what the file of its predictions is known again by; None before there is one.
    best: of a branch, the epoch of those predictions, which may be one before it branched off, and its loss.
    """

    directory: Path
    mark: tuple[int, ...] | None = None
    best: tuple[int, float] | None = None


@dataclass(frozen=True)
class Told:
    """What was told of one run since the last time.

    run: its name, unique among those of the source. events: in their order.
    output: what the script has written since; the first time, the end of what there is.
    problem: what went wrong in reading it or in sending it a command, in one sentence; empty for nothing.
    anew: it is told from its beginning again, and what was told before is void.
    gone: the paths of checkpoints that were told of and are there no more.
    prices: where its prices are, each time that other predictions are there; None for nothing new, or no such run.
    """

    run: str
    events: Sequence[Event] = ()
    output: str = ""
    problem: str = ""
    anew: bool = False
    gone: tuple[str, ...] = ()
    prices: PriceFiles | None = None


@dataclass(frozen=True)
class Restart:
    """How a training is to go on that no process carries out.

    checkpoint: the path it goes on from; empty for the newest. fit: which of the process's fits wrote it.
    max_epochs: where that fit is to end; None as the script says. branch: in a run of its own.
    newest: it was asked for as the newest, so that where it is gone the one that is the newest then stands for it.
    """

    checkpoint: str = ""
    fit: int = 0
    max_epochs: int | None = None
    branch: bool = False
    newest: bool = False


@dataclass(frozen=True)
class Restarted:
    """sentence: what was started. branch: the run that it is, where it is a new one; else empty."""

    sentence: str
    branch: str = ""


class Source(Protocol):
    """Tells what runs go through, and passes on what they are to do.

    steers: whether commands reach anybody; else `send` and `restart` are never called.
    """

    @property
    def steers(self) -> bool: ...

    async def follow(self, tell: Callable[[Sequence[Told]], None]) -> None:
        """Tell everything from the beginning and then what is new, a few times a second, until cancelled.

        tell: called on the event loop's thread, at once for all that was found; what takes long is read on another.
        What script.json and other files say beside the events is told as `Described`, first of all. It raises nothing
        but what is a defect: what cannot be read is told as a problem.
        """

    def send(self, run: str, command: Command, /) -> None:
        """Pass the command on. Raises nothing: what went wrong is told."""

    async def restart(self, run: str, restart: Restart, /) -> Restarted:
        """Start a process that goes on. Returns what happened.

        Raises UserError with the reason why it cannot.
        """
