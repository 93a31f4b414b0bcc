"""The epochs of a fit."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from .values import FreshMetrics, numbers


def batches_of_epoch(trainer: Any) -> int | None:
    """None where that is not known before its end."""
    count = trainer.num_training_batches
    return int(count) if math.isfinite(count) else None


class Epochs:
    """Tells of an epoch's end at the next hook: the module's own hook of that end, which may log, comes after ours,
    and to read the metrics before would make all processes of a distributed training meet in the middle of it.
    """

    def __init__(self, tell: Callable[..., None], metrics: FreshMetrics) -> None:
        self._tell = tell
        self._metrics = metrics
        self._ended: dict[str, int] | None = None
        self._cut = 0

    def begin(self, trainer: Any) -> None:
        self.tell_end(trainer)
        self._tell(
            "epoch_started", epoch=trainer.current_epoch, step=trainer.global_step, batches=batches_of_epoch(trainer)
        )

    def end(self, trainer: Any) -> None:
        progress = trainer.fit_loop.epoch_loop.batch_progress
        if not progress.is_last_batch and progress.current.ready < trainer.num_training_batches:
            self._cut = 1
        else:
            self._ended = {"epoch": trainer.current_epoch, "step": trainer.global_step}

    def completed(self, trainer: Any) -> int:
        """Lightning counts an epoch that was stopped inside as a whole one."""
        return int(trainer.current_epoch) - self._cut

    def tell_end(self, trainer: Any) -> None:
        """Writes the end of the last epoch, if that was not done."""
        if self._ended is not None:
            ended, self._ended = self._ended, None
            metrics = trainer.callback_metrics
            self._tell("epoch_ended", **ended, metrics=dict(zip(metrics, numbers(list(metrics.values())))))
            self._metrics.pass_over(metrics)
