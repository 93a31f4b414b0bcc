"""The only place that builds a Trainer: one fit, from where a run stands to its target or to where it is stopped."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import torch
from lightning import Callback, LightningModule, Trainer
from lightning.fabric.plugins.environments.lightning import LightningEnvironment

from lstm_engine.models.base import Batch, CompanyModel, tensors
from lstm_engine.training.checkpoint import MemoryCheckpointIO, equals

#: What Lightning is told as the path of a checkpoint that is in memory.
_IN_MEMORY = "in memory"


class Batches:
    """The companies in order, `batch_size` at a time.

    What `DataLoader(TensorDataset(…), batch_size)` yields, cut once instead of every epoch: collating single rows
    costs as much as the rest of Lightning's loop.
    """

    def __init__(self, model: CompanyModel) -> None:
        days, targets = tensors(model.config.data)
        size = model.config.batch_size
        self._batches: list[Batch] = list(zip(torch.split(days, size), torch.split(targets, size), strict=True))

    def __iter__(self) -> Iterator[Batch]:
        return iter(self._batches)

    def __len__(self) -> int:
        return len(self._batches)


def fit(
    model: CompanyModel,
    target: int,
    callback: Callback,
    resume_from: Path | bytes | None,
) -> Trainer:
    """Trains `model` to `target` completed epochs with a new Trainer.

    Args:
        resume_from: the checkpoint to go on from, a file or its bytes; None starts with the model as it is.

    Returns:
        The Trainer, stopped; `current_epoch` says how many epochs are completed, and it can still save a checkpoint.
    """
    held, path = (resume_from, _IN_MEMORY) if isinstance(resume_from, bytes) else (b"", resume_from)
    trainer = Trainer(
        max_epochs=target,
        accelerator="cpu",
        devices=1,
        # On a SLURM node Lightning would take over the job's signals and requeue it.
        plugins=[MemoryCheckpointIO(held), LightningEnvironment()],
        callbacks=[_OwnSignals(), callback],
        logger=False,
        enable_checkpointing=False,
        enable_progress_bar=False,
        enable_model_summary=False,
        num_sanity_val_steps=0,
    )
    trainer.fit(model, Batches(model), ckpt_path=path, weights_only=True)
    return trainer


def checkpoint_bytes(trainer: Trainer) -> bytes:
    """A Lightning checkpoint of `trainer` as it is now, between two epochs or stopped."""
    io = _io(trainer)
    trainer.save_checkpoint(_IN_MEMORY)
    return io.saved


def restored_exactly(trainer: Trainer) -> bool:
    """Whether the parameters and the optimiser's state are those of the checkpoint it resumed from, bit for bit."""
    loaded, model = _io(trainer).loaded, trainer.lightning_module
    _io(trainer).loaded = None
    return loaded is not None and equals(loaded, model, trainer.optimizers[0])


class _OwnSignals(Callback):
    """Takes SIGTERM back from Lightning, which would end training in the middle of an epoch."""

    def __init__(self) -> None:
        self._handler = signal.getsignal(signal.SIGTERM)

    def on_train_start(self, trainer: Trainer, _: LightningModule) -> None:
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, self._handler)
        # Its work is done, and Lightning would call it at every step.
        trainer.callbacks = [one for one in trainer.callbacks if one is not self]  # type: ignore[attr-defined]


def _io(trainer: Trainer) -> MemoryCheckpointIO:
    io = trainer.strategy.checkpoint_io
    assert isinstance(io, MemoryCheckpointIO)  # noqa: S101 - for the type checker
    return io
