"""A new run from any epoch of another one, exactly: the optimiser's state too is what it was there.

From the nearest whole checkpoint at or before the epoch, the parent's settings are trained forward to it; training is
deterministic, so that ends where the parent was. What a branch went through before it branched off is trained forward
with the settings of the run it came from.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec
import numpy as np
import torch
from lightning import Callback, LightningModule, Trainer

from lstm_engine.data.companies import Companies, misfit
from lstm_engine.errors import UserError
from lstm_engine.lstm.parameters import PARAMETERS
from lstm_engine.lstm.trace import trace
from lstm_engine.models.base import row_of
from lstm_engine.models.build import build
from lstm_engine.protocol.channel import Inbox
from lstm_engine.protocol.messages import Branch, Quit
from lstm_engine.run.config import RunConfig, validated
from lstm_engine.run.history import History
from lstm_engine.run.records import Parent
from lstm_engine.service.opened import Opened, Tell, branch, read_parts
from lstm_engine.store import directory as runs
from lstm_engine.store.integrity import is_whole
from lstm_engine.training import checkpoint as checkpoints
from lstm_engine.training.trainer import checkpoint_bytes, fit


def branch_at(directory: Path, config: RunConfig, asked: Branch, keep: int, inbox: Inbox, tell: Tell) -> Opened:
    """The branch of the run in `directory` that is asked for.

    Args:
        config: the parent's settings.
        inbox: a Quit that comes in while it trains forward stops it.

    Raises:
        UserError: the parent has no such epoch on disk, it cannot begin with such values, or a Quit came.
        OSError, sqlite3.Error: the branch could not be written.
    """
    epoch = asked.epoch
    history, _, stages = read_parts(directory, config)
    if not 0 <= epoch <= history.last_epoch:
        raise UserError(f"epoch is {epoch}: expected one that {directory.name} has saved, 0 to {history.last_epoch}")
    if epoch == 0 and (asked.parameters or asked.days):
        raise UserError("a what-if at epoch 0 cannot become a branch: expected epoch 1 or later")
    lr = config.lr if asked.lr is None else asked.lr
    settings = validated(msgspec.structs.replace(config, lr=lr, data=with_days(config.data, asked.days)))
    past = history.truncated(epoch)
    if asked.days:
        past = on_data(past, settings)
    file, data = "", b""
    if epoch:
        file, data = _checkpoint_at(directory, config, epoch, inbox, tell)
        data = with_parameters(data, asked.parameters, settings)
        past = ending_in(past, data, settings)
    parent = Parent(directory.name, epoch, asked.parameters)
    return branch(directory.parent, settings, parent, past, stages, file, data, keep)


def _checkpoint_at(directory: Path, config: RunConfig, epoch: int, inbox: Inbox, tell: Tell) -> tuple[str, bytes]:
    """The name and the bytes of a checkpoint at `epoch`, on disk or trained forward to; raises UserError."""
    history, records, _ = read_parts(directory, config)
    earlier = [record for record in records if record.epoch <= epoch and is_whole(directory, record)]
    if earlier and earlier[-1].epoch == epoch:
        return earlier[-1].file, (directory / earlier[-1].file).read_bytes()
    origin = runs.read_record(directory).parent
    if not earlier and origin is not None and origin.epoch > 0:
        # What came before a branch was trained with its parent's settings.
        ancestor = directory.parent / origin.run
        if epoch > origin.epoch or not _has_past(ancestor, history.truncated(epoch)):
            raise UserError(
                f"no whole checkpoint leads up to epoch {epoch} of {directory.name}, and {origin.run}, which it is a "
                "branch of, is not there to train it again"
            )
        return _checkpoint_at(ancestor, runs.read_record(ancestor).config, epoch, inbox, tell)
    start = earlier[-1].epoch if earlier else 0
    tell(f"training forward from epoch {start} to {epoch}, to be exactly there")
    trainer = fit(build(config), epoch, _StopOnQuit(inbox), directory / earlier[-1].file if earlier else None)
    if trainer.current_epoch < epoch:
        raise UserError("the branch was given up: the program was told to quit")
    return checkpoints.file_name(epoch, trainer.global_step), checkpoint_bytes(trainer)


def _has_past(directory: Path, past: History) -> bool:
    """Whether there is a run in `directory` whose history begins like that."""
    if not (directory / runs.RECORD).is_file():
        return False
    history, _, _ = read_parts(directory, runs.read_record(directory).config)
    return _as_trained(history.truncated(past.last_epoch)) == _as_trained(past)


def _as_trained(history: History) -> bytes:
    """What training made, without the predictions, which a branch with other inputs has of its own."""
    end = 1 + len(history.columns.companies)
    return np.delete(history.rows, np.s_[1:end], axis=1).tobytes()


class _StopOnQuit(Callback):
    """Ends the forward training where the user leaves."""

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox

    def on_train_epoch_end(self, trainer: Trainer, _: LightningModule) -> None:
        if self._inbox.holds(Quit):
            trainer.should_stop = True


#: Epochs that are gone through at once: what the cell remembers of a million at once would take much memory.
_CHUNK = 65_536


def with_days(data: Companies, days: Mapping[str, tuple[float, ...]]) -> Companies:
    """The companies, those named in `days` with these inputs. Raises UserError where they do not fit."""
    if not days:
        return data
    for name, values in days.items():
        if name not in data.names:
            raise UserError(f"there is no company {name}: expected one of {data.source}")
        if len(values) != data.day_count or any(map(misfit, values)):
            raise UserError(f"company {name} has {list(values)}: expected {data.day_count} finite numbers")
    changed = tuple(tuple(days.get(name, own)) for name, own in zip(data.names, data.days, strict=True))
    return msgspec.structs.replace(data, source=f"{data.source}, what-if", days=changed)


def with_parameters(data: bytes, parameters: Mapping[str, float], config: RunConfig) -> bytes:
    """The checkpoint with these values; the optimiser's state stays. Raises UserError for a name it does not have."""
    if not parameters:
        return data
    names = [spec.name for spec in PARAMETERS[config.model]]
    checkpoint = checkpoints.loads(data, "the checkpoint")
    tensors = {name: checkpoint["state_dict"][name] for name in build(config).state_dict()}
    scalars = torch.cat([tensor.flatten() for tensor in tensors.values()])  # in the order of `names`
    for name, value in parameters.items():
        if name not in names:
            raise UserError(f"there is no parameter {name}: expected one of {', '.join(names)}")
        if misfit(value):
            raise UserError(f"{name} is {value}: expected a finite number")
        scalars[names.index(name)] = value
    begin = 0
    for name, tensor in tensors.items():
        end = begin + tensor.numel()
        checkpoint["state_dict"][name] = scalars[begin:end].clone().reshape(tensor.shape)
        begin = end
    return checkpoints.dumps(checkpoint)


def on_data(history: History, config: RunConfig) -> History:
    """The history with what each epoch's parameters predict on the data of `config`; the losses stay."""
    rows = history.rows.copy()
    first = 1 + len(history.columns.companies)
    for begin in range(0, len(rows), _CHUNK):
        some = rows[begin : begin + _CHUNK]
        for company, days in enumerate(config.data.days):
            some[:, 1 + company] = trace(config.model, some[:, first:], days).hidden[-1]
    return History.from_rows(history.columns, rows)


def ending_in(history: History, data: bytes, config: RunConfig) -> History:
    """The history whose last epoch ends in what the checkpoint holds, on the data of `config`."""
    model = build(config)
    model.load_state_dict(checkpoints.loads(data, "the checkpoint")["state_dict"])
    rows = history.rows.copy()
    rows[-1] = row_of(model, float(rows[-1, 0]))
    return History.from_rows(history.columns, rows)
