"""Event files for TensorBoard of a script's training, written from what its hook tells."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

import numpy as np

from lstm_engine.formats.event_file.new_event_file import new_event_file
from lstm_engine.formats.event_file.writer import EventFileWriter
from lstm_engine.script.event_log import EventLog
from lstm_engine.script.vocabulary.events import EVENTS, Event
from lstm_engine.script.vocabulary.fit_events import EpochEnded, FitOpened, FitStarted, PhaseEnded, Steps

#: What the loss that training steps return is called, where the script logs nothing of that name.
_LOSS = "loss"
_EPOCH = "epoch"


class ScriptTensorboard:
    """Follows a run's events. Where the files cannot be written it says so once, and nothing else is harmed."""

    def __init__(self, run: Path, complain: Callable[[str], None], clock: Callable[[], float] = time.time) -> None:
        """
        Args:
            run: its folder. Of a script that goes on, what older event files have is not written again.
            complain: is called with one sentence.
        """
        self._complain = complain
        self._log = EventLog(run / EVENTS)
        self._file: BinaryIO | None = None
        with self._guarded():
            self._file, is_first = new_event_file(run, clock())
            self._writer = EventFileWriter(self._file)
            if not is_first:
                for _ in self._log.new():
                    pass

    def look(self) -> None:
        """Writes what was told since the last time."""
        with self._guarded():
            for event in self._log.new() if self._file is not None else ():
                self._take(event)
            if self._file is not None:
                self._file.flush()

    def end(self) -> None:
        """Writes what is left."""
        self.look()
        self._leave()

    def _take(self, event: Event) -> None:
        if isinstance(event, FitOpened):
            if event.hyperparameters:
                self._writer.hyperparameters(event.hyperparameters, (), event.at)
        elif isinstance(event, FitStarted):
            if event.step:
                self._writer.resumed(event.step + 1, event.at)
        elif isinstance(event, Steps):
            if event.loss and _LOSS not in event.metrics:
                count = event.step - event.first + 1
                batches = len(event.loss)
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
        with np.errstate(over="ignore"):  # what is too large for 32 bits is infinite there
            self._writer.scalars(tag, np.asarray(steps, np.int64), np.full(len(known), at), known.astype(np.float32))

    @contextlib.contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            self._complain(
                f"the event files for TensorBoard cannot be written ({error.strerror}): training goes on without them"
            )
            self._leave()

    def _leave(self) -> None:
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.close()
        self._file = None
