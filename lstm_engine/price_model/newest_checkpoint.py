"""Keeps the newest checkpoint of a training, by the clock, and at its end."""

from __future__ import annotations

import time
from pathlib import Path

from lightning import Callback, LightningModule, Trainer

#: Seconds between two.
_EVERY = 5.0


class NewestCheckpoint(Callback):
    """At an epoch's end, for from there going on is exact. What was there before is removed once the new one is."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._next = time.monotonic() + _EVERY
        self._former: Path | None = None

    def on_train_epoch_end(self, trainer: Trainer, _: LightningModule) -> None:
        done = trainer.current_epoch + 1
        is_last = trainer.should_stop or done == trainer.max_epochs
        if is_last or time.monotonic() >= self._next:
            path = self._folder / f"newest-epoch={done}.ckpt"
            trainer.save_checkpoint(path, weights_only=False)
            if self._former is not None and self._former != path:
                self._former.unlink(missing_ok=True)
            self._former = path
            self._next = time.monotonic() + _EVERY
