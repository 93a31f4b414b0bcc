"""What is known of one run, as frozen data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from lstm_engine.script.vocabulary.commands import Command
from lstm_engine.script.vocabulary.fit_events import FitOpened, Phase
from lstm_engine.script.vocabulary.keeper_events import ScriptEnded, ScriptStarted
from lstm_engine.script.vocabulary.module_events import CheckpointWritten
from lstm_engine.script.vocabulary.script_event import Scalar
from tui.board.state.module_gates import ModuleGates
from tui.board.state.script_output import ScriptOutput
from tui.board.state.series import Series
from tui.board.state.tracks import LayerTrack, MachineTrack
from tui.state.pace import Pace
from tui.state.told import PriceFiles

State = Literal[
    "logs",
    "starting",
    "training",
    "validating",
    "testing",
    "paused",
    "stopping",
    "finished",
    "stopped",
    "failed",
    "ended",
]
#: States in which there is a process that a command reaches.
ALIVE: tuple[State, ...] = ("starting", "training", "validating", "testing", "paused", "stopping")


@dataclass(frozen=True)
class Progress:
    """How far a fit is.

    epoch: the present one, from 0; completed ones where the fit has ended. step: optimiser steps made.
    batch: how many of the epoch are done. batches: of an epoch; None where that is not known.
    max_epochs, max_steps: where the fit ends; None where unlimited.
    phase: what is done in between; None while it trains. phase_batch, phase_batches: how far that is.
    """

    epoch: int = 0
    step: int = 0
    batch: int = 0
    batches: int | None = None
    max_epochs: int | None = None
    max_steps: int | None = None
    phase: Phase | None = None
    phase_batch: int = 0
    phase_batches: int | None = None


@dataclass(frozen=True)
class Board:
    """One run.

    state: what it does. logs: it is read from somebody's logs, which say nothing of that.
    metrics: every logged value, by its name, in the order in which the names came up.
    earlier: those of the fit before, or of the steps that a resumed training went back behind.
    epochs: the completed epochs (values), by step: where the epochs stand on the axis.
    steps_per_epoch: of the last whole epoch; None before that.
    validation: seconds that the last validation took.
    lr: by name. fit: the newest Trainer. process: the newest process; ending: how it went; None while it runs.
    cause: why training failed, in one line; empty where it did not.
    patience: what an EarlyStopping that ended the fit waited for in vain; else empty.
    off: why the hook tells nothing more; empty where it does.
    gates: the newest of each recurrent module, by its name and which layer and direction of it.
    prices: where those of a model of prices are; None where the run is of another model.
    hyperparameters, texts: what is known of the run beside its metrics.
    asked: commands that are not answered yet, by id. notice, alert: the newest sentence, and whether it is bad news.
    branching: the branch whose beginning was said last, and that sentence; its name is empty where it has ended.
    problem: what went wrong in reading or sending.
    updated: the wall clock of the newest event.
    """

    run: str
    state: State = "starting"
    metrics: Mapping[str, Series] = field(default_factory=dict)
    earlier: Mapping[str, Series] = field(default_factory=dict)
    epochs: Series = field(default_factory=Series)
    progress: Progress = field(default_factory=Progress)
    pace: Pace = field(default_factory=Pace)
    steps_per_epoch: int | None = None
    epoch_began: int = 0
    validation: float = 0.0
    phase_began: float = 0.0
    lr: Mapping[str, float] = field(default_factory=dict)
    fit: FitOpened | None = None
    process: ScriptStarted | None = None
    ending: ScriptEnded | None = None
    cause: str = ""
    patience: str = ""
    off: str = ""
    hyperparameters: Mapping[str, Scalar] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    checkpoints: tuple[CheckpointWritten, ...] = ()
    layers: LayerTrack = field(default_factory=LayerTrack)
    gates: Mapping[tuple[str, str], ModuleGates] = field(default_factory=dict)
    prices: PriceFiles | None = None
    machine: MachineTrack = field(default_factory=MachineTrack)
    output: ScriptOutput = field(default_factory=ScriptOutput)
    asked: Mapping[str, Command] = field(default_factory=dict)
    notice: str = ""
    alert: bool = False
    branching: tuple[str, str] = ("", "")
    problem: str = ""
    updated: float = 0.0

    @property
    def is_alive(self) -> bool:
        """Whether there is a process that a command reaches."""
        return self.state in ALIVE

    @property
    def has_gates(self) -> bool:
        """Whether there are gates to show, or may be."""
        return bool(self.gates) or (self.fit is not None and self.fit.gates)

    @property
    def newest_step(self) -> int:
        """The newest step that anything is known of; 0 before any."""
        return max([self.progress.step, *(series.last_step for series in self.metrics.values())])

    @property
    def end(self) -> int | None:
        """The step at which the fit ends; None where that is not known."""
        progress = self.progress
        ends = [] if progress.max_steps is None else [progress.max_steps]
        if progress.max_epochs is not None and self.steps_per_epoch:
            left = progress.max_epochs - progress.epoch
            ends.append(max(self.epoch_began + left * self.steps_per_epoch, progress.step))
        return min(ends) if ends else None

    @property
    def seconds_left(self) -> float | None:
        """How long the fit will take, its validations among it; None where that is not known."""
        end = self.end
        if end is None:
            return None
        left = self.pace.seconds_left(end - self.progress.step)
        if left is None:
            return None
        epochs = (end - self.progress.step) / self.steps_per_epoch if self.steps_per_epoch else 0.0
        return left + epochs * self.validation
