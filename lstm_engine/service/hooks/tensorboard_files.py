"""Event files for TensorBoard beside a run, written while it trains. Where they cannot be, nothing else is harmed."""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from lstm_engine.errors import UserError
from lstm_engine.formats.event_file.new_event_file import new_event_file
from lstm_engine.formats.tensorboard_log import TensorboardLog
from lstm_engine.protocol.epochs import rows_of
from lstm_engine.protocol.message import Message
from lstm_engine.protocol.messages import Epochs, RunOpened, TrainingStarted
from lstm_engine.run.history import Columns, Rows
from lstm_engine.store.directory import read_history

#: Seconds between two writes.
_EVERY = 1.0
#: Events that may wait to be written; more come only where the disk hangs.
_MOST_WAITING = 5000
#: Seconds that are waited for the last write, at the engine's end.
_PATIENCE = 5.0


class TensorboardFiles:
    """Hears the engine's events, and writes what each run goes through to a file of its own, in a thread."""

    def __init__(self, tell: Callable[[str], None], every: float = _EVERY) -> None:
        """
        Args:
            tell: is called with a sentence, once, where the files cannot be written; none are from then on.
            every: seconds between two writes.
        """
        self._tell = tell
        self._every = every
        self._waiting: queue.Queue[tuple[Message, float] | None] = queue.Queue(_MOST_WAITING)
        self._thread: threading.Thread | None = None
        self._has_given_up = False
        self._opened: RunOpened | None = None
        self._untrained: Epochs | None = None
        self._place: tuple[str, int] | None = None
        self._file: BinaryIO | None = None
        self._log: TensorboardLog | None = None
        self._gathered: list[tuple[int, Rows, NDArray[np.float64]]] = []

    def hear(self, event: Message) -> None:
        """Takes an event, in the order of the events. Never waits."""
        if self._has_given_up or not isinstance(event, RunOpened | TrainingStarted | Epochs):
            return
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="tensorboard", daemon=True)
            self._thread.start()
        try:
            self._waiting.put_nowait((event, time.time()))
        except queue.Full:
            self._give_up("the disk does not answer")

    def close(self) -> None:
        """Waits until all is written, but not for long."""
        if self._thread is None:
            return
        with contextlib.suppress(queue.Full):
            self._waiting.put_nowait(None)
        self._thread.join(_PATIENCE)

    def _work(self) -> None:
        is_open = True
        while is_open and not self._has_given_up:
            gathered = [self._waiting.get()]
            end = time.monotonic() + self._every
            while gathered[-1] is not None and (left := end - time.monotonic()) > 0:
                with contextlib.suppress(queue.Empty):
                    gathered.append(self._waiting.get(timeout=left))
            is_open = gathered[-1] is not None
            try:
                for event, at in filter(None, gathered):
                    self._take(event, at)
                self._write()
            except OSError as error:
                self._give_up(error.strerror or str(error))
        self._leave()

    def _take(self, event: Message, at: float) -> None:
        """Raises OSError."""
        if isinstance(event, RunOpened):
            self._write()
            self._leave()
            self._opened, self._untrained = event, None
        elif isinstance(event, TrainingStarted) and self._opened is not None:
            # Where it goes on in mid-run, as after a pause, the file goes on, too.
            if self._place != (event.directory, event.epoch):
                self._write()
                self._leave()
                self._begin(self._opened, event, at)
        elif isinstance(event, Epochs) and event.train_loss:
            if self._log is not None:
                self._add(self._opened, event, at)
            elif event.first_epoch == 0:
                self._untrained = event

    def _begin(self, opened: RunOpened, started: TrainingStarted, at: float) -> None:
        """A file that the epochs from here on go to; and in a folder's first, all before them."""
        self._file, is_first = new_event_file(Path(started.directory), at)
        first_epoch = 0 if is_first else started.epoch + 1
        self._log = TensorboardLog(self._file, opened.config, at, first_epoch)
        self._place = (started.directory, started.epoch)
        if is_first and started.epoch > 0:
            with contextlib.suppress(UserError):  # it begins where it goes on, then
                past = read_history(Path(started.directory), Columns.of(opened.config)).truncated(started.epoch)
                self._log.add(0, past.rows, np.full(past.length, at))
        elif is_first and self._untrained is not None:
            self._add(opened, self._untrained, at)

    def _add(self, opened: RunOpened | None, event: Epochs, at: float) -> None:
        """Gathers epochs: it takes little longer to encode many of them than a few."""
        if opened is None or self._place is None:
            return
        rows = rows_of(event, Columns.of(opened.config))
        share = np.arange(1, len(rows) + 1) / len(rows)
        self._gathered.append((event.first_epoch, rows, at - event.seconds * (1 - share)))
        self._place = (self._place[0], event.first_epoch + len(rows) - 1)

    def _write(self) -> None:
        """Writes what was gathered, which are consecutive epochs. Raises OSError."""
        gathered, self._gathered = self._gathered, []
        if gathered and self._log is not None:
            firsts, rows, walls = zip(*gathered, strict=True)
            self._log.add(firsts[0], np.concatenate(rows), np.concatenate(walls))
        if self._file is not None:
            self._file.flush()

    def _leave(self) -> None:
        """Closes the file; what a full disk did not take is not tried again."""
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.close()
        self._file = self._log = self._place = None

    def _give_up(self, why: str) -> None:
        if not self._has_given_up:
            self._has_given_up = True
            self._tell(f"the event files for TensorBoard cannot be written ({why}): training goes on without them")
