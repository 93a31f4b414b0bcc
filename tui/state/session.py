"""Everything the dashboard shows, as one frozen value."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from lstm_engine.lstm.parameters import PARAMETERS, ParameterSpec
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns, History
from lstm_engine.run.records import Parent
from tui.state.elsewhere import Elsewhere
from tui.state.pace import Pace

#: elsewhere: another process holds the run, and only what is on disk of it is known.
#: stopped: the engine has saved and ended, and nobody here has asked it to.
State = Literal["loading", "ready", "training", "paused", "stopped", "finished", "failed", "elsewhere"]

LOG_LINES = 500


@dataclass(frozen=True)
class Saved:
    """The last checkpoint: its file name and the epoch it holds."""

    checkpoint: str
    epoch: int


@dataclass(frozen=True)
class Failure:
    """Why there is no training. cause: one sentence. detail: the log's end. checkpoint: where a retry starts.

    is_of_opening: a run could not be opened, and the engine holds none.
    """

    cause: str
    detail: str = ""
    checkpoint: str | None = None
    is_of_opening: bool = False


@dataclass(frozen=True)
class Offer:
    """A run that did not come to its end, and that nobody goes on with.

    interrupted: its process died; else it was stopped.
    """

    run: str
    directory: str
    epoch: int
    target: int
    interrupted: bool


@dataclass(frozen=True)
class Session:
    """What is on screen.

    config: the open run's settings; before a run is open, those that were asked for.
    epochs_ahead: how many epochs the first training takes.
    run, directory: None until something is on disk.
    specs: the model's parameters, in the engine's order.
    history: epochs 0 to the newest.
    parent, parent_history: what it branched off, and the history of that, where it can be read.
    rewrites: how often history was replaced or cut, so that who draws it knows that it has not merely grown.
    epoch, target: completed epochs, and where training goes on to.
    resumes: epochs at which a new Trainer went on, ascending.
    saved: the last checkpoint.
    pace: how fast training goes.
    notice, alert: the notice line; empty where there is nothing to say but what the state allows.
    warnings: what the engine has warned of since the last key.
    save_problem: what keeps the engine from saving, while it tries again by itself; else empty.
    offer: a run to go on with, as long as nothing else was begun.
    failure: set in state `failed` only.
    elsewhere: who holds the run, in state `elsewhere` only, and there once it is known.
    engine_alive: the engine process runs.
    attached: it was found, and goes on when this dashboard leaves. watchers: how many attend it;
        0 where it has not said yet.
    by_another: the `type` of another dashboard's command, until its answer comes; else empty.
    detaching: the engine was asked to go on whoever leaves, and has not answered.
    detached: the engine has said that training goes on whoever leaves.
    asked_to_end: the engine was asked to save and end.
    stopped: the engine has said that it ends, in good order.
    lost: why what was trained is not on disk though the engine has ended; one sentence, else empty.
    end: why it does, where nobody here has asked it to; one sentence, else empty.
    ended: the same in the words that follow `stopped`.
    log, lines_logged: the last lines, and how many there were in all.
    """

    config: RunConfig
    epochs_ahead: int
    history: History
    specs: tuple[ParameterSpec, ...]
    state: State = "loading"
    run: str | None = None
    directory: str | None = None
    parent: Parent | None = None
    parent_history: History | None = None
    rewrites: int = 0
    epoch: int = 0
    target: int = 0
    resumes: tuple[int, ...] = ()
    saved: Saved | None = None
    pace: Pace = field(default_factory=Pace)
    notice: str = ""
    alert: bool = False
    warnings: tuple[str, ...] = ()
    save_problem: str = ""
    offer: Offer | None = None
    failure: Failure | None = None
    elsewhere: Elsewhere | None = None
    engine_alive: bool = False
    attached: bool = False
    watchers: int = 1
    by_another: str = ""
    detaching: bool = False
    detached: bool = False
    asked_to_end: bool = False
    stopped: bool = False
    lost: str = ""
    end: str = ""
    ended: str = ""
    log: tuple[str, ...] = ()
    lines_logged: int = 0

    @classmethod
    def loading(cls, config: RunConfig, epochs_ahead: int) -> Session:
        """Before the engine has said a word."""
        return cls(config, epochs_ahead, History(Columns.of(config)), PARAMETERS[config.model], engine_alive=True)

    @property
    def newest_kept(self) -> int:
        """The newest epoch that is on disk once the engine has answered a command."""
        if self.state != "failed":
            return self.epoch
        return self.saved.epoch if self.saved else 0

    @property
    def per_second(self) -> float | None:
        """Epochs a second; None where nothing trains, or too little was measured."""
        if self.state == "elsewhere":
            return self.elsewhere.per_second if self.elsewhere is not None and self.is_watched else None
        return self.pace.per_second if self.state == "training" else None

    @property
    def is_watched(self) -> bool:
        """Whether another process holds the run, so that it can only be looked at."""
        return self.state == "elsewhere" and self.elsewhere is not None and self.elsewhere.is_held

    @property
    def x_end(self) -> int:
        """The last epoch that the charts have room for."""
        return max(self.target, self.epoch) or self.epochs_ahead
