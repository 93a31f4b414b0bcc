"""Keeps the parameters of the newest epoch where a viewer finds them, which loads no PyTorch."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from lightning import Callback, LightningModule, Trainer

from lstm_engine.forecast.weights import Weights, write_weights

#: Seconds between two of them, at least: nobody looks more often, and each is on the disk before training goes on.
_EVERY = 1.0


class NewestWeights(Callback):
    """At an epoch's end, and at the training's."""

    def __init__(self, run: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._run = run
        self._clock = clock
        self._due = clock()

    def on_train_epoch_end(self, trainer: Trainer, pl_module: LightningModule) -> None:
        if self._clock() >= self._due:
            self._write(trainer.current_epoch + 1, pl_module)

    def on_fit_end(self, trainer: Trainer, pl_module: LightningModule) -> None:
        self._write(trainer.current_epoch, pl_module)

    def _write(self, epoch: int, module: LightningModule) -> None:
        tensors = {name: each.detach().numpy() for name, each in module.named_parameters()}
        write_weights(self._run, Weights(epoch, tensors))
        self._due = self._clock() + _EVERY
