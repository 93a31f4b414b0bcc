"""The run on the bench: its model, how far it is, and how it is trained and saved.

One mechanism serves pause, add, resume and retry: stop at an epoch's end, save a Lightning checkpoint, and later fit
with a new Trainer and `ckpt_path`. It is bit-exact.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

import numpy as np
from lightning import Trainer
from lightning.pytorch.utilities.exceptions import SIGTERMException

from lstm_engine.lstm.parameters import PARAMETERS
from lstm_engine.models.base import CompanyModel, row_of
from lstm_engine.models.build import build
from lstm_engine.protocol.channel import Inbox, Outbox
from lstm_engine.protocol.epochs import epochs_event
from lstm_engine.protocol.messages import CheckpointSaved, RunFinished, RunOpened, TrainingStarted
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns, as_sent
from lstm_engine.run.records import Parent, SaveReason, Stage
from lstm_engine.service.logs import log_to
from lstm_engine.service.opened import Base, Opened
from lstm_engine.store import directory as runs
from lstm_engine.store.writer import STORAGE_ERRORS, RunWriter
from lstm_engine.training.callback import EpochStream, StreamingCallback
from lstm_engine.training.checkpoint import file_name
from lstm_engine.training.trainer import checkpoint_bytes, fit, restored_exactly

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class BenchOptions:
    """checkpoints: the folder of all runs. save_every: seconds between saves. keep: how many timed checkpoints."""

    checkpoints: Path
    save_every: float = 1.0
    keep: int = 5

    def __post_init__(self) -> None:
        # Every path that is told is made of this one, and has to lead there from any directory.
        object.__setattr__(self, "checkpoints", self.checkpoints.absolute())


class Outcome(Enum):
    """How a Trainer's stretch ended."""

    FINISHED = auto()
    STOPPED = auto()
    DIVERGED = auto()
    UNSAVED = auto()


@dataclass(frozen=True)
class Unsaved:
    """A stopped Trainer, and what kept its checkpoint from being written."""

    trainer: Trainer
    problem: Exception


class BenchRun:
    """A run, untrained or continued from disk.

    config: its settings. writer: its directory, None until it is trained for the first time.
    epoch: completed epochs. target: where training goes on to.
    base: the checkpoint that the next Trainer continues from; None for the untrained model.
    unsaved: what could not be written yet.
    """

    def __init__(self, config: RunConfig, options: BenchOptions, opened: Opened | None = None) -> None:
        """Untrained, and nowhere on disk; or as `opened` found it."""
        self.config = config
        self.columns = Columns.of(config)
        self._options = options
        self._model: CompanyModel = build(config)
        self._initial = self._model.values()
        self._last_row = row_of(self._model, float("nan"))
        self._seconds = 0.0
        self.writer: RunWriter | None = None
        self.parent: Parent | None = None
        self.base: Base | None = None
        self.epoch = self.target = 0
        self._resumes: tuple[int, ...] = ()
        self.unsaved: Unsaved | None = None
        if opened is not None:
            self.writer, self.parent, self.base = opened.writer, opened.parent, opened.base
            self.epoch, self.target = opened.base.epoch if opened.base else 0, opened.target
            self._resumes = opened.resumes
            self._last_row = opened.last_row or self._last_row

    def announce(self, outbox: Outbox) -> None:
        """Tells that the run is on the bench, and what the epoch it stands at ended in."""
        specs = PARAMETERS[self.config.model]
        initial = as_sent(np.array(self._initial, np.float32))
        outbox.put(
            RunOpened(
                run=self.writer.directory.name if self.writer else None,
                directory=str(self.writer.directory) if self.writer else None,
                config=self.config,
                parameters=specs,
                initial=dict(zip((spec.name for spec in specs), initial, strict=True)),
                epoch=self.epoch,
                target=self.target,
                resumes=self._resumes,
                parent=self.parent,
                checkpoint=self.base.path.name if self.base else None,
            )
        )
        outbox.put(epochs_event(self.epoch, 0.0, np.array([self._last_row], np.float32), self.columns))

    def add(self, row: list[float]) -> None:
        """Takes an epoch's row from the Trainer."""
        self._last_row = row
        self._writing.add(row)

    def train(self, target: int, inbox: Inbox, outbox: Outbox) -> Outcome:
        """Trains to `target`, or to where a command that waits in the inbox stops it, and saves.

        Raises:
            OSError, sqlite3.Error: the run's directory cannot be written; nothing was trained.
            Exception: whatever the Trainer raised; the run stands at `base`.
        """
        self._prepare(target)
        stream = EpochStream(outbox, self.columns)
        callback = StreamingCallback(
            stream,
            self,
            inbox,
            on_start=lambda trainer: outbox.put(self._started(trainer)),
            save=lambda trainer, reason: self.save(trainer, reason, outbox),
            save_every=self._options.save_every,
        )
        begun = time.monotonic()
        try:
            trainer = fit(self._model, target, callback, self.base.path if self.base else None)
        except SIGTERMException:
            # The signal came while Lightning set up, before its first epoch; the Quit that it means is in the inbox.
            return Outcome.STOPPED
        finally:
            stream.flush(time.monotonic())
            self._seconds += time.monotonic() - begun
        if callback.diverged:
            return Outcome.DIVERGED
        self.epoch = trainer.current_epoch
        finished = self.epoch >= target
        if self.save(trainer, "stage" if finished else "pause", outbox) is not None:
            return Outcome.UNSAVED
        return Outcome.FINISHED if finished else Outcome.STOPPED

    def save(self, trainer: Trainer, reason: SaveReason, outbox: Outbox) -> Exception | None:
        """Saves a checkpoint of `trainer`, between two of its epochs or after it stopped.

        Returns:
            What kept it from doing so; the run's files are undamaged then, and the next attempt may succeed.
        """
        # `current_epoch` lags by one inside the hooks of an epoch's end; this counter does not.
        epoch: int = trainer.fit_loop.epoch_progress.current.state_dict()["processed"]
        try:
            if self.base is None or self.base.epoch != epoch:
                file = file_name(epoch, trainer.global_step)
                self._writing.write_checkpoint(file, checkpoint_bytes(trainer), epoch, reason)
                self.base = Base(self._writing.directory / file, epoch)
            elif reason in ("user", "stage"):
                self._writing.keep_checkpoint(self.base.path.name, reason)
        except STORAGE_ERRORS as error:
            log.warning("could not save: %s", error)
            self.unsaved = Unsaved(trainer, error)
            return error
        self.unsaved = None
        self.summarise("training" if trainer.training else "finished" if epoch >= self.target else "paused")
        outbox.put(CheckpointSaved(checkpoint=self.base.path.name, epoch=epoch, reason=reason))
        return None

    def save_again(self, outbox: Outbox) -> Exception | None:
        """Another attempt at what could not be written, if there is anything. Returns as `save`."""
        if self.unsaved is None:
            return None
        return self.save(self.unsaved.trainer, "stage" if self.epoch >= self.target else "pause", outbox)

    def keep_base(self, outbox: Outbox) -> None:
        """Keeps for good the checkpoint that an idle run stands on. Raises OSError, sqlite3.Error."""
        if self.base is not None:
            self._writing.keep_checkpoint(self.base.path.name, "user")
            outbox.put(CheckpointSaved(checkpoint=self.base.path.name, epoch=self.base.epoch, reason="user"))

    def fall_back(self) -> None:
        """After a failure: stands where the last checkpoint is."""
        self.epoch = self.base.epoch if self.base else 0
        self.summarise("failed")

    def finished_event(self) -> RunFinished:
        loss, *others = as_sent(np.array(self._last_row, np.float32))
        assert self.base is not None  # noqa: S101 - for the type checker
        return RunFinished(
            run=self._writing.directory.name,
            epoch=self.epoch,
            seconds=self._seconds,
            train_loss=loss,
            predictions=dict(zip(self.columns.companies, others, strict=False)),
            parameters=dict(zip(self.columns.parameters, others[len(self.columns.companies) :], strict=True)),
            checkpoint=str(self.base.path),
        )

    def summarise(self, state: runs.RunState) -> None:
        """Notes for lists where the run stands."""
        if self.writer is not None:
            epoch, checkpoint = (self.base.epoch, self.base.path) if self.base else (0, None)
            self.writer.summarise(epoch, self.target, state, self._last_row, self._seconds, checkpoint)

    def close(self) -> None:
        """Gives the directory back."""
        if self.writer is not None:
            self.writer.close()

    @property
    def _writing(self) -> RunWriter:
        assert self.writer is not None, "a run is given its directory before it is trained"  # noqa: S101
        return self.writer

    def _prepare(self, target: int) -> None:
        """Gives the run a directory where it has none, and begins a stage there."""
        if self.writer is None:
            directory = runs.create(self._options.checkpoints, self.config, self.parent)
            self.writer = RunWriter(directory, self.columns, self._options.keep)
            log_to(directory)
        if self.base is None:
            # Whatever was trained and lost before the first checkpoint is in the model, and must not be.
            self._model = build(self.config)
        self.epoch = self.base.epoch if self.base else 0
        self.writer.begin_stage(Stage(self.epoch, target))
        if self.writer.next_epoch == 0:
            self.writer.add(row_of(self._model, float("nan")))
        self.target = target
        self.summarise("training")

    def _started(self, trainer: Trainer) -> TrainingStarted:
        if self.base is not None:
            self._resumes = (*(start for start in self._resumes if start < self.epoch), self.epoch)
        return TrainingStarted(
            run=self._writing.directory.name,
            directory=str(self._writing.directory),
            epoch=self.epoch,
            target=self.target,
            resumed_from=self.base.path.name if self.base else None,
            verified=self.base is not None and restored_exactly(trainer),
        )
