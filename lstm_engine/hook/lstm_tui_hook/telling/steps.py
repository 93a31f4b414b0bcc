"""The losses of the steps: all of them are kept, and told a few times a second."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from .learning_rates import learning_rates
from .values import FreshMetrics, numbers

#: Seconds between two tellings. To fetch a value from a GPU is to wait for it, and each line costs.
INTERVAL = 0.1


class Steps:
    """What the training steps came to since the last telling."""

    def __init__(self, tell: Callable[..., None], metrics: FreshMetrics) -> None:
        self._tell = tell
        self._metrics = metrics
        self._losses: list[Any] = []
        self._next = self._since = 0.0
        self._told = self._batch = 0

    def begin(self, trainer: Any) -> None:
        """Steps come from here on."""
        self._told = trainer.global_step
        self.go_on()

    def go_on(self) -> None:
        """Behind a break, whose time is none of the steps'."""
        self._since = time.monotonic()

    def add(self, trainer: Any, outputs: Any, batch: int) -> None:
        """outputs: what Lightning hands on of what the training step returned."""
        loss = outputs.get("loss") if isinstance(outputs, dict) else outputs
        if loss is not None and hasattr(loss, "detach") and loss.numel() == 1:
            self._losses.append(loss.detach())
        self._batch = batch
        if time.monotonic() >= self._next or trainer.fit_loop.epoch_loop.batch_progress.is_last_batch:
            self.tell(trainer)

    def tell(self, trainer: Any) -> None:
        """Writes what there is, if there is anything. Not to be called at an epoch's end, where to read a metric makes
        all processes of a distributed training meet.
        """
        step, now = trainer.global_step, time.monotonic()
        if step > self._told or self._losses:
            self._tell(
                "steps",
                first=self._told + 1,
                step=step,
                epoch=trainer.current_epoch,
                batch=self._batch,
                loss=numbers(self._losses),
                metrics=self._metrics.of(trainer.callback_metrics),
                lr=learning_rates(trainer),
                seconds=now - self._since,
            )
            self._losses.clear()
            self._told, self._since = step, now
        self._next = now + INTERVAL
