"""What a script's Trainers tell, as scalars by step and hyperparameters: for TensorBoard, or a `metrics.csv`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from lstm_engine.formats.event_file.writer import EventFileWriter
from lstm_engine.formats.metrics_rows import MetricsRows
from lstm_engine.script.vocabulary.events import Event
from lstm_engine.script.vocabulary.fit_events import EpochEnded, FitOpened, FitStarted, PhaseEnded, Steps

#: What the loss that training steps return is called, where the script logs nothing of that name.
_LOSS = "loss"
_EPOCH = "epoch"


class ScriptScalars:
    """Writes events, in their order, by optimiser step."""

    def __init__(self, writer: EventFileWriter | MetricsRows) -> None:
        """writer: of an open event file, or what gathers rows."""
        self._writer = writer

    def take(self, event: Event) -> None:
        """Writes what there is to draw in it. Raises OSError."""
        if isinstance(event, FitOpened):
            if event.hyperparameters:
                self._writer.hyperparameters(event.hyperparameters, (), event.at)
        elif isinstance(event, FitStarted):
            if event.step:
                self._writer.resumed(event.step + 1, event.at)
        elif isinstance(event, Steps):
            if event.loss and _LOSS not in event.metrics:
                count, batches = event.step - event.first + 1, len(event.loss)
                steps = [event.first + batch * count // batches for batch in range(batches)]
                self._scalars(_LOSS, steps, event.loss, event.at)
            self._values(event.step, {**event.metrics, **event.lr}, event.at)
        elif isinstance(event, EpochEnded):
            self._values(event.step, {**event.metrics, _EPOCH: event.epoch}, event.at)
        elif isinstance(event, PhaseEnded) and event.phase != "sanity":
            self._values(event.step, event.metrics, event.at)

    def _values(self, step: int, values: Mapping[str, float | None], at: float) -> None:
        for name, value in values.items():
            self._scalars(name, [step], [value], at)

    def _scalars(self, tag: str, steps: Sequence[int], values: Sequence[float | None], at: float) -> None:
        known = np.asarray([np.nan if value is None else value for value in values], np.float64)
        self._writer.scalars(tag, np.asarray(steps, np.int64), np.full(len(known), at), known)
