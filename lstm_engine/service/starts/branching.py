"""A new run from any epoch of another one, exactly: the optimiser's state too is what it was there.

From the nearest whole checkpoint at or before the epoch, the parent's settings are trained forward to it; training is
deterministic, so that ends where the parent was. What a branch went through before it branched off is trained forward
with the settings of the run it came from.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np
from lightning import Callback, LightningModule, Trainer

from lstm_engine.errors import UserError
from lstm_engine.models.build import build
from lstm_engine.protocol.channel import Inbox
from lstm_engine.protocol.messages import Branch, Quit
from lstm_engine.run.config import RunConfig, validated
from lstm_engine.run.history import History
from lstm_engine.run.records import Parent
from lstm_engine.service.starts.branch_point import BranchPoint, CheckpointFile, branch
from lstm_engine.service.starts.changed_start import ending_in, on_data, with_days, with_parameters
from lstm_engine.service.starts.opened import Opened
from lstm_engine.store.contents import read_contents
from lstm_engine.store.directory import RECORD, read_record
from lstm_engine.store.integrity import is_whole
from lstm_engine.training.checkpoint import file_name
from lstm_engine.training.trainer import checkpoint_bytes, fit


def branch_at(
    directory: Path, config: RunConfig, command: Branch, keep: int, inbox: Inbox, notify: Callable[[str], None]
) -> Opened:
    """The branch of the run in `directory` that is asked for.

    Args:
        config: the parent's settings.
        inbox: a Quit that comes in while it trains forward stops it.
        notify: is told what it is doing, where that may take a while.

    Raises:
        UserError: the parent has no such epoch on disk, it cannot begin with such values, or a Quit came.
        OSError, sqlite3.Error: the branch could not be written.
    """
    epoch = command.epoch
    contents = read_contents(directory, config)
    history = contents.history
    if not 0 <= epoch <= history.last_epoch:
        raise UserError(f"epoch is {epoch}: expected one that {directory.name} has saved, 0 to {history.last_epoch}")
    if epoch == 0 and (command.parameters or command.days):
        raise UserError("a what-if at epoch 0 cannot become a branch: expected epoch 1 or later")
    lr = config.lr if command.lr is None else command.lr
    settings = validated(msgspec.structs.replace(config, lr=lr, data=with_days(config.data, command.days)))
    past = history.truncated(epoch)
    if command.days:
        past = on_data(past, settings)
    checkpoint = None
    if epoch:
        saved = _checkpoint_at(directory, config, epoch, inbox, notify)
        checkpoint = CheckpointFile(saved.name, with_parameters(saved.data, command.parameters, settings))
        past = ending_in(past, checkpoint.data, settings)
    parent = Parent(directory.name, epoch, command.parameters)
    return branch(directory.parent, BranchPoint(settings, parent, past, contents.stages, checkpoint), keep)


def _checkpoint_at(
    directory: Path, config: RunConfig, epoch: int, inbox: Inbox, notify: Callable[[str], None]
) -> CheckpointFile:
    """A checkpoint at `epoch`, on disk or trained forward to; raises UserError."""
    contents = read_contents(directory, config)
    earlier = [record for record in contents.checkpoints if record.epoch <= epoch and is_whole(directory, record)]
    if earlier and earlier[-1].epoch == epoch:
        return CheckpointFile(earlier[-1].file, (directory / earlier[-1].file).read_bytes())
    origin = read_record(directory).parent
    if not earlier and origin is not None and origin.epoch > 0:
        # What came before a branch was trained with its parent's settings.
        ancestor = directory.parent / origin.run
        if epoch > origin.epoch or not _has_past(ancestor, contents.history.truncated(epoch)):
            raise UserError(
                f"no whole checkpoint leads up to epoch {epoch} of {directory.name}, and {origin.run}, which it is a "
                "branch of, is not there to train it again"
            )
        return _checkpoint_at(ancestor, read_record(ancestor).config, epoch, inbox, notify)
    start = earlier[-1].epoch if earlier else 0
    notify(f"training forward from epoch {start} to {epoch}, to be exactly there")
    trainer = fit(build(config), epoch, _StopOnQuit(inbox), directory / earlier[-1].file if earlier else None)
    if trainer.current_epoch < epoch:
        raise UserError("the branch was given up: the program was told to quit")
    return CheckpointFile(file_name(epoch, trainer.global_step), checkpoint_bytes(trainer))


def _has_past(directory: Path, past: History) -> bool:
    """Whether there is a run in `directory` whose history begins like that."""
    if not (directory / RECORD).is_file():
        return False
    history = read_contents(directory, read_record(directory).config).history
    return _as_trained(history.truncated(past.last_epoch)) == _as_trained(past)


def _as_trained(history: History) -> bytes:
    """What training made, without the predictions, which a branch with other inputs has of its own."""
    return np.delete(history.rows, history.columns.prediction_columns, axis=1).tobytes()


class _StopOnQuit(Callback):
    """Ends the forward training where the user leaves."""

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox

    def on_train_epoch_end(self, trainer: Trainer, _: LightningModule) -> None:
        if self._inbox.holds(Quit):
            trainer.should_stop = True
