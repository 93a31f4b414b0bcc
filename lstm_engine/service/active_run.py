"""The run that is trained: its model, how far it is, and how its Trainers start and stop.

One mechanism serves pause, add, resume and retry: stop at an epoch's end, save a Lightning checkpoint, and later fit
with a new Trainer and `ckpt_path`. It is bit-exact.
"""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import msgspec
import numpy as np
from lightning import Trainer
from lightning.pytorch.utilities.exceptions import SIGTERMException

from lstm_engine.errors import UserError
from lstm_engine.models.base import row_of
from lstm_engine.models.build import build
from lstm_engine.protocol.channel import Inbox, Outbox
from lstm_engine.protocol.epochs import epochs_event
from lstm_engine.protocol.messages import CheckpointSaved, RunFinished, TrainingStarted
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns, as_sent
from lstm_engine.run.records import SaveReason, Stage
from lstm_engine.service.run_saver import RunSaver, Unsaved
from lstm_engine.service.saving_options import SavingOptions
from lstm_engine.service.starts.branch_point import BranchPoint, CheckpointFile, branch
from lstm_engine.service.starts.opened import Base, Opened
from lstm_engine.service.untrained_run import UntrainedRun
from lstm_engine.store.directory import RunState, create_run
from lstm_engine.store.holding.held_folder import FolderGoneError
from lstm_engine.store.writer import STORAGE_ERRORS, RunWriter
from lstm_engine.training.callback import EpochStream, StreamingCallback
from lstm_engine.training.checkpoint import file_name
from lstm_engine.training.trainer import checkpoint_bytes, fit, restored_exactly


@dataclass(frozen=True)
class Finished:
    """The target is reached, and saved in `base`."""

    base: Base


@dataclass(frozen=True)
class Interrupted:
    """A command waits: the Trainer stopped at an epoch's end, and is saved."""


@dataclass(frozen=True)
class Diverged:
    """The last epoch ended in numbers that are not finite."""


#: How a Trainer's stretch ended.
Outcome: TypeAlias = Finished | Interrupted | Diverged | Unsaved


class ActiveRun:
    """A run on disk, its lock held.

    epoch: completed epochs. target: where training goes on to.
    """

    def __init__(self, start: UntrainedRun, opened: Opened) -> None:
        """
        Args:
            start: what its settings make of it.
            opened: what is on disk of it.
        """
        self.epoch, self.target = opened.epoch, opened.target
        self._start = start
        self._parent = opened.parent
        self._writer = opened.writer
        self._saver = RunSaver(opened.writer, opened.base)
        self._model = start.model
        self._stopped: Trainer | None = None
        self._last_row = opened.last_row or start.row
        self._resumes = opened.resumes
        self._seconds = 0.0

    @classmethod
    def create(cls, start: UntrainedRun, options: SavingOptions) -> ActiveRun:
        """Gives a run its directory.

        Raises:
            OSError, sqlite3.Error: that cannot be written.
            UserError: its name is taken by now.
        """
        directory = create_run(options.checkpoints, start.config, name=start.name)
        return cls(start, Opened(RunWriter(directory, start.columns, options.keep), start.config))

    @property
    def config(self) -> RunConfig:
        return self._start.config

    @property
    def columns(self) -> Columns:
        return self._start.columns

    @property
    def directory(self) -> Path:
        return self._writer.directory

    @property
    def base(self) -> Base | None:
        """The checkpoint that the next Trainer goes on from; None where it starts from the seed."""
        return self._saver.base

    @property
    def unsaved(self) -> Unsaved | None:
        """What could not be written yet."""
        return self._saver.unsaved

    def announce(self, outbox: Outbox) -> None:
        """Tells that the run is opened, and what the epoch it stands at ended in."""
        event = msgspec.structs.replace(
            self._start.opened_event(),
            run=self.directory.name,
            directory=str(self.directory),
            epoch=self.epoch,
            target=self.target,
            resumes=self._resumes,
            parent=self._parent,
            checkpoint=self.base.path.name if self.base else None,
        )
        outbox.put(event)
        outbox.put(epochs_event(self.epoch, 0.0, np.array([self._last_row], np.float32), self.columns))

    def add(self, row: list[float]) -> None:
        """Takes an epoch's row from the Trainer."""
        self._last_row = row
        self._writer.add(row)

    def train(self, target: int, save_every: float, inbox: Inbox, outbox: Outbox) -> Outcome:
        """Trains to `target`, or to where a command that waits in the inbox stops it, and saves.

        Args:
            save_every: seconds between saves.

        Raises:
            OSError, sqlite3.Error: the run's directory cannot be written; nothing was trained.
            Exception: whatever the Trainer raised; the run stands at `base`.
        """
        self._begin_stage(target)
        stream = EpochStream(outbox, self.columns)
        callback = StreamingCallback(
            stream,
            self,
            inbox,
            on_start=lambda trainer: outbox.put(self._started(trainer)),
            save=lambda trainer, reason: isinstance(self.save(trainer, reason, outbox), Base),
            save_every=save_every,
        )
        begun = time.monotonic()
        try:
            trainer = fit(self._model, target, callback, self.base.path if self.base else None)
        except SIGTERMException:
            # The signal came while Lightning set up, before its first epoch; the Quit that it means is in the inbox.
            return Interrupted()
        finally:
            stream.flush(time.monotonic())
            self._seconds += time.monotonic() - begun
        if callback.diverged:
            return Diverged()
        self.epoch, self._stopped = trainer.current_epoch, trainer
        saved = self.save(trainer, self._reason, outbox)
        if isinstance(saved, Unsaved):
            return saved
        return Finished(saved) if self.epoch >= target else Interrupted()

    def save(self, trainer: Trainer, reason: SaveReason, outbox: Outbox) -> Base | Unsaved:
        """Saves a checkpoint of `trainer`, and tells of it. Returns as `RunSaver.save`."""
        saved = self._saver.save(trainer, reason)
        if isinstance(saved, Base):
            self._summarise("training" if trainer.training else "finished" if saved.epoch >= self.target else "paused")
            outbox.put(CheckpointSaved(checkpoint=saved.path.name, epoch=saved.epoch, reason=reason))
        return saved

    def save_again(self, outbox: Outbox) -> Base | Unsaved | None:
        """Another attempt at what could not be written; None where there is nothing of the kind."""
        if self.unsaved is None:
            return None
        return self.save(self.unsaved.trainer, self._reason, outbox)

    def keep_base(self, outbox: Outbox) -> None:
        """Keeps for good the checkpoint that an idle run stands on. Raises OSError, sqlite3.Error."""
        if (base := self._saver.keep_base()) is not None:
            outbox.put(CheckpointSaved(checkpoint=base.path.name, epoch=base.epoch, reason="user"))

    def check_saved(self) -> None:
        """Whether `directory` and the checkpoint that it stands on are there. Raises OSError; FolderGoneError."""
        self._writer.check_there()
        if self.base is not None and not self.base.path.is_file():
            raise FolderGoneError(f"the run's checkpoint is gone: {self.base.path} was deleted")

    @property
    def is_gone(self) -> bool:
        """Whether it has to be saved somewhere else, for its directory is not there any more."""
        try:
            self.check_saved()
        except FolderGoneError:
            return True
        except OSError:
            pass
        return False

    def saved_anew(self, options: SavingOptions) -> Opened:
        """A new run of what is in memory, for a directory that is gone; this one is left as it is.

        Raises:
            UserError: nothing of it is in memory.
            OSError, sqlite3.Error: it could not be written.
        """
        trainer = self._stopped
        if trainer is None:
            raise UserError(
                f"the run's folder {self.directory} is gone, and nothing was trained since: there is nothing to save"
            )
        checkpoint = CheckpointFile(file_name(self.epoch, trainer.global_step), checkpoint_bytes(trainer))
        history, stages = self._writer.history().truncated(self.epoch), self._writer.store.stages()
        point = BranchPoint(self.config, self._parent, history, stages, checkpoint)
        return branch(options.checkpoints, point, options.keep)

    def fall_back(self) -> None:
        """After a failure: stands where the last checkpoint is."""
        self.epoch = self.base.epoch if self.base else 0
        with contextlib.suppress(*STORAGE_ERRORS):
            self._last_row = self._writer.store.row(self.epoch) or self._start.row
        self._summarise("failed")

    def finished_event(self, base: Base) -> RunFinished:
        """That the target is reached. base: the checkpoint saved there."""
        named = self.columns.named(as_sent(np.array(self._last_row, np.float32)))
        return RunFinished(
            run=self.directory.name,
            epoch=self.epoch,
            seconds=self._seconds,
            train_loss=named.loss,
            predictions=dict(named.predictions),
            parameters=dict(named.parameters),
            checkpoint=str(base.path),
        )

    def close(self) -> None:
        """Gives the directory back."""
        self._writer.close()

    @property
    def _reason(self) -> SaveReason:
        """Why a Trainer that stopped is saved."""
        return "stage" if self.epoch >= self.target else "pause"

    def _begin_stage(self, target: int) -> None:
        self._stopped = None  # its model is trained on
        if self.base is None:
            # Whatever was trained and lost before the first checkpoint is in the model, and must not be.
            self._model = build(self.config)
        self.epoch = self.base.epoch if self.base else 0
        self._writer.begin_stage(Stage(self.epoch, target))
        if self._writer.next_epoch == 0:
            self._writer.add(row_of(self._model, float("nan")))
        self.target = target
        self._summarise("training")

    def _started(self, trainer: Trainer) -> TrainingStarted:
        if self.base is not None:
            self._resumes = (*(start for start in self._resumes if start < self.epoch), self.epoch)
        return TrainingStarted(
            run=self.directory.name,
            directory=str(self.directory),
            epoch=self.epoch,
            target=self.target,
            resumed_from=self.base.path.name if self.base else None,
            verified=self.base is not None and restored_exactly(trainer),
        )

    def _summarise(self, state: RunState) -> None:
        """Writes down for lists where the run stands."""
        epoch, checkpoint = (self.base.epoch, self.base.path) if self.base else (0, None)
        self._writer.summarise(epoch, self.target, state, self._last_row, self._seconds, checkpoint)
