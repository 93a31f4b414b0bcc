"""How a run gets its checkpoints, and which of them it stands on."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from lightning import Trainer

from lstm_engine.run.records import SaveReason
from lstm_engine.service.starts.opened import Base
from lstm_engine.store.holding.held_folder import FolderGoneError
from lstm_engine.store.writer import STORAGE_ERRORS, RunWriter
from lstm_engine.training.checkpoint import file_name
from lstm_engine.training.trainer import checkpoint_bytes

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Unsaved:
    """A Trainer between two epochs, or stopped, and what kept its checkpoint from being written."""

    trainer: Trainer
    problem: Exception


class RunSaver:
    """Saves a run's checkpoints.

    base: the one that the run stands on; None until the first is saved.
    unsaved: what could not be written yet.
    """

    def __init__(self, writer: RunWriter, base: Base | None) -> None:
        self.base = base
        self.unsaved: Unsaved | None = None
        self._writer = writer

    def save(self, trainer: Trainer, reason: SaveReason) -> Base | Unsaved:
        """Saves a checkpoint of `trainer`, between two of its epochs or after it stopped.

        Returns:
            The checkpoint; or what kept it from being written: the run's files are undamaged then, and the next
            attempt may succeed.
        """
        # `current_epoch` lags by one inside the hooks of an epoch's end; this counter does not.
        epoch: int = trainer.fit_loop.epoch_progress.current.state_dict()["processed"]
        try:
            self._writer.check_there()
            self.base = self._written(trainer, epoch, reason)
        except STORAGE_ERRORS as error:
            if not isinstance(error, FolderGoneError):  # the log is in that folder, or in a stranger's
                log.warning("could not save: %s", error)
            self.unsaved = Unsaved(trainer, error)
            return self.unsaved
        self.unsaved = None
        return self.base

    def keep_base(self) -> Base | None:
        """Keeps the checkpoint that the run stands on for good, if it has one. Raises OSError, sqlite3.Error."""
        if self.base is not None:
            self._writer.keep_checkpoint(self.base.path.name, "user")
        return self.base

    def _written(self, trainer: Trainer, epoch: int, reason: SaveReason) -> Base:
        if self.base is None or self.base.epoch != epoch:
            file = file_name(epoch, trainer.global_step)
            self._writer.write_checkpoint(file, checkpoint_bytes(trainer), epoch, reason)
            return Base(self._writer.directory / file, epoch)
        if reason in ("user", "stage"):
            self._writer.keep_checkpoint(self.base.path.name, reason)
        return self.base
