"""What moves a session on: every event of the engine, and what the dashboard finds out by itself."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lstm_engine.protocol.messages import Command, Event
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import History
from lstm_engine.run.records import Parent
from tui.state.elsewhere import Elsewhere
from tui.state.session import Offer, Saved


@dataclass(frozen=True)
class CommandSent:
    """A command is on its way; the engine's answer comes as events."""

    command: Command


@dataclass(frozen=True)
class LineLogged:
    """The engine wrote a line to its standard error."""

    text: str


@dataclass(frozen=True)
class HistoryRead:
    """The run's history was read from disk."""

    history: History


@dataclass(frozen=True)
class Foreseen:
    """What the engine will open is read from disk while it loads.

    directory: the run's. target: where its training goes on to.
    """

    directory: Path
    config: RunConfig
    parent: Parent | None
    history: History
    target: int


@dataclass(frozen=True)
class LookedOn:
    """What the files say of a run that another process holds.

    directory: the run's. history: as of the last save. epoch, target: as the process tells.
    resumes: the epochs at which training went on with a new Trainer. saved: the last checkpoint.
    begins: the screen goes over to this run, whatever it has shown.
    """

    directory: Path
    config: RunConfig
    parent: Parent | None
    history: History
    epoch: int
    target: int
    resumes: tuple[int, ...]
    saved: Saved | None
    elsewhere: Elsewhere
    begins: bool = False


@dataclass(frozen=True)
class ParentRead:
    """The history was read of the run that this one branched off."""

    history: History


@dataclass(frozen=True)
class EngineStarting:
    """A new engine process was started; nothing is heard of it yet."""


@dataclass(frozen=True)
class EngineFound:
    """An engine that runs already is attended; what leads up to now comes next."""


@dataclass(frozen=True)
class EngineGone:
    """The engine's output ended. status: exit status, negative for a signal; None where it never started.

    reason: why, where the dashboard knows.
    """

    status: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class Said:
    """A sentence for the notice line. alert: the user should not miss it."""

    text: str
    alert: bool = False


@dataclass(frozen=True)
class Offered:
    """There is a run to go on with."""

    offer: Offer


Update = (
    Event
    | CommandSent
    | LineLogged
    | HistoryRead
    | Foreseen
    | LookedOn
    | ParentRead
    | EngineStarting
    | EngineFound
    | EngineGone
    | Said
    | Offered
)
