"""What engines say, made up: every order of events that a real one can send, as an automaton that chance drives.

No two Trainers end an epoch in the same numbers here, so that whatever is mixed up, left out or told twice shows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import numpy as np

from lstm_engine.lstm.parameters import PARAMETERS
from lstm_engine.protocol.attendance import Logged, Steered, Watchers
from lstm_engine.protocol.epochs import epochs_event
from lstm_engine.protocol.message import Message
from lstm_engine.protocol.messages import (
    CheckpointSaved,
    EngineReady,
    Event,
    Failed,
    Notice,
    Paused,
    Refused,
    RunFinished,
    RunOpened,
    Stopped,
    TrainingStarted,
)
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns, History, Rows
from lstm_engine.run.records import Parent, SaveReason
from tests.support.script import checkpoint
from tui.state.reducer import reduce
from tui.state.session import Session
from tui.state.updates import EngineFound, HistoryRead, Update

#: Where its runs are.
ROOT = Path("/runs")

Disk = Mapping[str, History]


@dataclass
class StreamedEngine:
    """Says what an engine would that is told to do what the methods are called.

    A method that makes no sense in a state says nothing, as a command would be refused.

    said: every event so far.
    """

    said: list[Event] = field(default_factory=list)
    _config: RunConfig = field(default_factory=RunConfig)
    _parent: Parent | None = None
    _directory: str | None = None
    _runs: int = 0
    _trainers: int = 0
    _epoch: int = 0
    _target: int = 0
    _base: int | None = None
    _trains: bool = False
    _lacks_room: bool = False
    _is_gone: bool = False
    _resumes: tuple[int, ...] = ()
    _rows: dict[int, list[float]] = field(default_factory=dict)
    _files: dict[str, dict[int, list[float]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._say(EngineReady(pid=1, host="bench", torch="2", lightning="2", protocol=1))

    @property
    def disk(self) -> Disk:
        """The history of every run by its directory, as it is there now."""
        columns = Columns.of(self._config)
        return {name: History.from_rows(columns, _dense(rows, columns)) for name, rows in self._files.items()}

    @property
    def steps(self) -> Mapping[str, Callable[[int], None]]:
        """What it can be told, by name; each takes a number that says how much, or which."""
        return {
            "new": self.new,
            "reopen": lambda _: self.reopen(),
            "branch": self.branch,
            "start": self.start,
            "train": self.train,
            "save": self.save,
            "finish": lambda _: self.finish(),
            "pause": lambda _: self.pause(),
            "fail": lambda _: self.fail(),
            "fill the disk": lambda _: self.fill_the_disk(),
            "make room": lambda _: self.make_room(),
            "lose the folder": lambda _: self.lose_the_folder(),
            "save anew": lambda _: self.save_anew(),
            "chat": self.chat,
        }

    def new(self, seed: int) -> None:
        self._leave()
        self._config, self._parent = msgspec.structs.replace(self._config, seed=seed), None
        self._directory, self._base, self._epoch, self._target, self._resumes = None, None, 0, 0, ()
        self._rows = {0: _untrained(self._config)}
        self._announce()

    def reopen(self) -> None:
        """A client asks for the run that is open."""
        if self._rows and not self._lacks_room:
            self._leave()
            self._announce()

    def branch(self, back: int) -> None:
        """Goes over to a new run, from a checkpoint of this one."""
        if self._directory is None or self._base is None or self._lacks_room:
            return
        self._leave()
        at = max(self._base - back, 1)
        self._parent = Parent(Path(self._directory).name, at)
        self._rows = {epoch: row for epoch, row in self._rows.items() if epoch <= at}
        self._resumes = tuple(start for start in self._resumes if start < at)
        self._make_run(at)
        self._target = at
        self._announce()

    def start(self, more: int) -> None:
        """A new Trainer, from the checkpoint."""
        if not self._rows or self._lacks_room:
            return
        if self._trains:
            self._save("pause")
        if self._directory is None:
            self._make_run(None)
        self._epoch = self._base or 0
        self._target = max(self._target, self._epoch) + more + 1
        self._begin()

    def train(self, count: int) -> None:
        """The next epochs, in one batch."""
        last = min(self._epoch + count + 1, self._target)
        if not self._trains or last <= self._epoch:
            return
        rows = []
        for epoch in range(self._epoch + 1, last + 1):
            rows.append(_row(self._config, self._trainers, epoch))
            self._rows[epoch] = rows[-1]
        self._say(epochs_event(self._epoch + 1, 0.05, np.array(rows, np.float32), Columns.of(self._config)))
        self._epoch = last

    def save(self, reason: int) -> None:
        """In mid-run: by the clock, or for the user."""
        if self._trains and self._epoch > 0:
            self._save("user" if reason % 2 else "timed")

    def finish(self) -> None:
        while self._trains and self._epoch < self._target:
            self.train(6)
        if self._trains:
            self._save("stage")
            self._end_well()

    def pause(self) -> None:
        if self._trains:
            self._save("pause")
            self._trains = False
            if self._epoch < self._target:
                self._say(Paused(epoch=self._epoch, target=self._target))

    def fail(self) -> None:
        if not self._trains:
            return
        self._trains = False
        failed_in, self._epoch = self._epoch, self._base or 0
        self._rows = {epoch: row for epoch, row in self._rows.items() if epoch <= self._epoch}
        base = None if self._base is None else checkpoint(self._base)
        self._say(Failed(epoch=failed_in, cause="the loss is not a number", detail="", checkpoint=base))

    def fill_the_disk(self) -> None:
        if self._trains and self._epoch > (self._base or 0):
            self._trains, self._lacks_room = False, True
            self._say(Paused(epoch=self._epoch, target=self._target, cause="the disk is full"))

    def make_room(self) -> None:
        """It goes on by itself, once it can save."""
        if self._lacks_room and not self._is_gone:
            self._lacks_room = False
            self._save("pause" if self._epoch < self._target else "stage")
            if self._epoch < self._target:
                self._begin()
            else:
                self._end_well()

    def lose_the_folder(self) -> None:
        if self._trains and self._epoch > (self._base or 0):
            self._trains, self._lacks_room, self._is_gone = False, True, True
            self._say(Paused(epoch=self._epoch, target=self._target, cause="it is gone", folder_gone=True))

    def save_anew(self) -> None:
        """What is in memory becomes a run of another directory."""
        if self._is_gone:
            self._lacks_room = self._is_gone = False
            self._make_run(self._epoch)
            self._announce()
            self._say(Notice(text="it is saved as another run"))

    def chat(self, number: int) -> None:
        """What changes nothing."""
        said: Sequence[Event] = (
            Notice(text="the values are out of range"),
            Notice(text="looking", warning=False),
            Logged(text="a line"),
            Watchers(count=number + 1),
            Steered(command="save"),
            Refused(command="save", reason="there is nothing to save yet"),
        )
        self._say(said[number % len(said)])

    def stop(self) -> None:
        """Its last word."""
        if self._trains:
            self._save("pause" if self._epoch < self._target else "stage")
            self._trains = False
        name, base = (None, None) if self._directory is None else (Path(self._directory).name, self._base)
        self._say(
            Stopped(
                run=name,
                directory=self._directory,
                epoch=base or 0,
                checkpoint=None if base is None else checkpoint(base),
            )
        )

    def _say(self, event: Event) -> None:
        self.said.append(event)

    def _leave(self) -> None:
        """The run that is open is saved, where it trains; what cannot be saved is lost."""
        if self._trains:
            self._save("pause")
        self._trains = self._lacks_room = self._is_gone = False

    def _make_run(self, base: int | None) -> None:
        self._runs += 1
        self._directory, self._base = str(ROOT / f"run-{self._runs}"), base
        self._epoch = base or 0
        self._files[self._directory] = dict(self._rows) if base else {}

    def _announce(self) -> None:
        specs = PARAMETERS[self._config.model]
        self._say(
            RunOpened(
                run=None if self._directory is None else Path(self._directory).name,
                directory=self._directory,
                config=self._config,
                parameters=specs,
                initial={},
                epoch=self._epoch,
                target=max(self._target, self._epoch),
                resumes=self._resumes,
                parent=self._parent,
                checkpoint=None if self._base is None else checkpoint(self._base),
            )
        )
        row = np.array([self._rows[self._epoch]], np.float32)
        self._say(epochs_event(self._epoch, 0.0, row, Columns.of(self._config)))

    def _begin(self) -> None:
        self._trains, self._trainers = True, self._trainers + 1
        if self._base is not None:
            self._resumes = (*(start for start in self._resumes if start < self._epoch), self._epoch)
        self._rows = {epoch: row for epoch, row in self._rows.items() if epoch <= self._epoch}
        assert self._directory is not None
        self._say(
            TrainingStarted(
                run=Path(self._directory).name,
                directory=self._directory,
                epoch=self._epoch,
                target=self._target,
                resumed_from=None if self._base is None else checkpoint(self._base),
                verified=self._base is not None,
            )
        )

    def _save(self, reason: SaveReason) -> None:
        assert self._directory is not None
        if self._epoch == 0:  # nothing is trained, and nothing is lost
            return
        self._base = self._epoch
        self._files[self._directory] = dict(self._rows)
        self._say(CheckpointSaved(checkpoint=checkpoint(self._epoch), epoch=self._epoch, reason=reason))

    def _end_well(self) -> None:
        self._trains = False
        assert self._directory is not None
        self._say(
            RunFinished(
                run=Path(self._directory).name,
                epoch=self._epoch,
                seconds=1.0,
                train_loss=1.0,
                predictions={},
                parameters={},
                checkpoint=f"{self._directory}/{checkpoint(self._epoch)}",
            )
        )


def heard(said: Sequence[Message], disk: Disk, before: Session | None = None, *, is_found: bool = False) -> Session:
    """The session of a client that hears the events, and reads from the disk what they say is there.

    before: what it has heard before it lost its way to the engine; None where it hears of it for the first time.
    is_found: it has joined an engine that runs.
    """
    session = Session.loading(RunConfig(), 2000) if before is None else before
    if is_found:
        session = reduce(session, EngineFound())
    for event in said:
        session = reduce(session, event)  # type: ignore[arg-type]
        if isinstance(event, RunOpened) and event.directory is not None and event.epoch > 0:
            update: Update = HistoryRead(disk[event.directory])
            session = reduce(session, update)
    return session


def _row(config: RunConfig, trainer: int, epoch: int) -> list[float]:
    width = Columns.of(config).width
    return [trainer * 1024 + epoch + column / 16 for column in range(width)]


def _untrained(config: RunConfig) -> list[float]:
    return [float("nan"), *_row(config, config.seed % 1024, 0)[1:]]


def _dense(rows: Mapping[int, list[float]], columns: Columns) -> Rows:
    return np.array([rows[epoch] for epoch in range(len(rows))], np.float32).reshape(-1, columns.width)
