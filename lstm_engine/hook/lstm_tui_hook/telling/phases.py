"""What is not training: validation, tests, predictions, and the check of the validation before all."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from typing import Any

from .steps import INTERVAL
from .values import FreshMetrics


class Phases:
    """The phase that runs, if one does."""

    def __init__(self, tell: Callable[..., None], metrics: FreshMetrics) -> None:
        self._tell = tell
        self._metrics = metrics
        self._phase = ""
        self._done = 0
        self._next = 0.0

    def begin(self, trainer: Any, phase: str, batches: Sequence[float]) -> None:
        """batches: of each of its loaders; infinite where that is not known."""
        self._phase = "sanity" if trainer.sanity_checking else phase
        self._done, self._next = 0, time.monotonic() + INTERVAL
        # Metrics of the training stay where those of the phase are put.
        self._metrics.pass_over(trainer.callback_metrics)
        count = sum(batches)
        self._tell("phase_started", phase=self._phase, batches=int(count) if math.isfinite(count) else None)

    def add(self) -> None:
        """One batch is done."""
        self._done += 1
        now = time.monotonic()
        if now >= self._next:
            self._tell("phase_progress", phase=self._phase, batch=self._done)
            self._next = now + INTERVAL

    def end(self, trainer: Any) -> None:
        self._tell(
            "phase_ended",
            phase=self._phase,
            step=trainer.global_step,
            epoch=trainer.current_epoch,
            metrics=self._metrics.of(trainer.callback_metrics),
        )
