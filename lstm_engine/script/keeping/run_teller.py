"""What the keeper leaves in a run's folder for those who list it: the pulse, and the summary."""

from __future__ import annotations

import contextlib
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path

from lstm_engine.script.event_log import EventLog
from lstm_engine.script.progress import Progress, advanced
from lstm_engine.script.vocabulary.events import EVENTS
from lstm_engine.store.directory import Summary, timestamp, write_summary
from lstm_engine.store.holding.pulse import Pulse, PulseFile

#: Looks that the speed is an average of.
_LOOKS = 10


class RunTeller:
    """Follows a run's events, and tells where it stands. What cannot be written is written with the next look."""

    def __init__(self, run: Path, clock: Callable[[], float] = time.monotonic) -> None:
        """Raises OSError where the folder cannot be opened."""
        self._run = run
        self._clock = clock
        self._log = EventLog(run / EVENTS)
        self._pulse = PulseFile(run)
        self._beat = 0
        self._written: object = None
        self._marks: deque[tuple[float, int, int]] = deque(maxlen=_LOOKS)
        self.progress = Progress()

    def look(self) -> None:
        """Reads what is new, and writes the summary, where that says something new, and the pulse."""
        self._read()
        progress = self.progress
        told = (progress.state, progress.checkpoint, progress.fit, progress.max_epochs, progress.model)
        if told != self._written and self._summarise():
            self._written = told
        epochs, steps = self._speeds()
        pulse = Pulse(
            epoch=progress.epoch,
            target=progress.target,
            state=progress.state,
            train_loss=progress.loss,
            per_second=epochs,
            steps_per_second=steps,
            updated=timestamp(),
            beat=self._beat,
        )
        self._beat += 1
        with contextlib.suppress(OSError):
            self._pulse.write(pulse)

    def end(self) -> None:
        """Writes the last summary, and takes the pulse away."""
        self._read()
        self._summarise()
        self._pulse.close()

    def _read(self) -> None:
        with contextlib.suppress(OSError):
            for event in self._log.new():
                self.progress = advanced(self.progress, event)

    def _summarise(self) -> bool:
        """Whether it is written."""
        progress = self.progress
        summary = Summary(
            epoch=progress.epoch,
            target=progress.target,
            state=progress.state,
            updated=timestamp(),
            train_loss=progress.loss,
            model=progress.model,
        )
        try:
            write_summary(self._run, summary)
        except OSError:
            return False
        return True

    def _speeds(self) -> tuple[float | None, float | None]:
        """Epochs and steps a second as of late; None where nothing trains."""
        progress = self.progress
        if progress.state != "training" or not progress.step:
            self._marks.clear()
            return None, None
        self._marks.append((self._clock(), progress.epoch, progress.step))
        begun, epoch, step = self._marks[0]
        seconds = self._marks[-1][0] - begun
        if seconds <= 0 or progress.step < step:  # another fit began
            return None, None
        return max(progress.epoch - epoch, 0) / seconds, (progress.step - step) / seconds
