"""A run made of a plain Lightning script's checkpoint, once it has been tried out in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import numpy as np
from lightning import Callback, LightningModule, Trainer
from lightning.pytorch.utilities.exceptions import SIGTERMException

from lstm_engine.data.companies import WALK_THROUGH
from lstm_engine.errors import UserError
from lstm_engine.lstm.parameters import BY_HAND
from lstm_engine.models.base import row_of
from lstm_engine.models.build import build
from lstm_engine.run.config import RunConfig, validated
from lstm_engine.run.history import Columns, History
from lstm_engine.run.records import Parent
from lstm_engine.service.starts.branch_point import BranchPoint, CheckpointFile, branch
from lstm_engine.service.starts.opened import Opened
from lstm_engine.training.checkpoint import (
    Checkpoint,
    Counters,
    check_fits,
    counters_of,
    dumps,
    file_name,
    flatten_scalars,
    learning_rate,
    load,
    strip_compiled,
)
from lstm_engine.training.trainer import fit, restored_exactly

#: Bytes of a stranger's past, of which nothing is known: 8 million epochs of the walk-through.
LARGEST_PAST = 512 * 1024 * 1024


def import_checkpoint(path: Path, root: Path, config: RunConfig, keep: int, notify: Callable[[str], None]) -> Opened:
    """A run that goes on from a plain Lightning script's checkpoint; the epochs before it are unknown: NaN.

    Args:
        config: what its data and its batch size are taken to be, for it says nothing of them.
        notify: is told what is assumed, and what of the checkpoint is not gone on with.
    """
    checkpoint = load(path)
    where = str(path)
    strip_compiled(checkpoint)
    ours = any(spec.name in checkpoint["state_dict"] for spec in BY_HAND)
    config = msgspec.structs.replace(config, model="by-hand" if ours else "nn-lstm")
    flatten_scalars(checkpoint, config)
    check_fits(checkpoint, config, where)
    config = validated(msgspec.structs.replace(config, lr=learning_rate(checkpoint, where)))
    counters = counters_of(checkpoint, where)
    asked = config
    config = msgspec.structs.replace(config, batch_size=_batch_size(counters, config, where))
    columns = Columns.of(config)
    longest = LARGEST_PAST // (4 * columns.width)
    if counters.epoch > longest:
        raise UserError(
            f"{where} has {counters.epoch} epochs: expected at most {longest} with this data, for a run keeps a row "
            "of each"
        )
    data = dumps(checkpoint)
    _try_out(data, config, counters, where)
    for text in _assumed(path.name, checkpoint, asked, config):
        notify(text)
    model = build(config)
    model.load_state_dict(checkpoint["state_dict"])
    rows = np.full((counters.epoch + 1, columns.width), np.nan, np.float32)
    rows[-1] = row_of(model, np.nan)
    history = History.from_rows(columns, rows)
    file = CheckpointFile(file_name(counters.epoch, counters.step), data)
    return branch(root, BranchPoint(config, Parent(path.name, counters.epoch), history, checkpoint=file), keep)


def _assumed(name: str, checkpoint: Checkpoint, asked: RunConfig, config: RunConfig) -> Iterator[str]:
    """What was assumed of a stranger's checkpoint, and what of it is left out, a sentence each.

    asked: what its data and batch size were said to be. config: what they are taken to be.
    """
    if asked.data == WALK_THROUGH:
        yield (
            f"{name} says nothing of its data: taken for the walk-through's, {config.batch_size} a step; --data and "
            "--batch-size say otherwise"
        )
    elif config.batch_size != asked.batch_size:
        yield f"{name} is of {config.batch_size} companies a step, by the steps that it made"
    if checkpoint.get("lr_schedulers"):
        yield f"{name} has a learning rate scheduler, which is not gone on with: the rate stays {config.lr:g}"


def _batch_size(counters: Counters, config: RunConfig, where: str) -> int:
    """How many companies an optimiser step of the script saw, by its steps; raises UserError where no number fits."""
    companies = len(config.data.names)
    sizes = [size for size in range(1, companies + 1) if -(-companies // size) * counters.epoch == counters.step]
    if not sizes:
        raise UserError(
            f"{where} is of other data: it made {counters.step} steps in {counters.epoch} epochs, and {companies} "
            f"companies make {companies} an epoch, or fewer in batches"
        )
    if config.batch_size in sizes:
        return config.batch_size
    size = config.batch_size
    if size != RunConfig().batch_size:  # somebody said so
        raise UserError(
            f"{where} is of another batch size: it made {counters.step} steps in {counters.epoch} epochs, and "
            f"{companies} companies in batches of {size} make {-(-companies // size)} an epoch"
        )
    return sizes[0]


def _try_out(data: bytes, config: RunConfig, counters: Counters, where: str) -> None:
    """Trains an epoch on top of a stranger's checkpoint, in memory: what fails would fail the run at every attempt.

    Raises:
        UserError: it cannot be gone on from.
    """
    expected = f"expected one that a Trainer goes on from after epoch {counters.epoch}"
    model = build(config)
    try:
        trainer = fit(model, counters.epoch + 1, _RestoredExactly(), data)
    except SIGTERMException:
        raise UserError(f"{where} was not opened: the program was told to quit") from None
    except UserError:
        raise
    except Exception as error:  # whatever Lightning or torch raises where a part is missing or of another kind
        raise UserError(
            f"{where} cannot be gone on from ({type(error).__name__}: {error!s:.200}): {expected}"
        ) from error
    steps = counters.step + -(-len(config.data.names) // config.batch_size)
    if (trainer.current_epoch, trainer.global_step) != (counters.epoch + 1, steps):
        raise UserError(f"{where} counts its epochs and steps in more than one way: {expected}")


class _RestoredExactly(Callback):
    """Raises ValueError where the Trainer made something else of the checkpoint than what is in it."""

    def on_train_start(self, trainer: Trainer, _: LightningModule) -> None:
        if not restored_exactly(trainer):
            raise ValueError("it is not restored as it was saved")
