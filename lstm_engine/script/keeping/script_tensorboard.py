"""Event files for TensorBoard of a script's training, written from what its hook tells."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from lstm_engine.formats.event_file.new_event_file import new_event_file
from lstm_engine.formats.event_file.writer import EventFileWriter
from lstm_engine.script.event_log import EventLog
from lstm_engine.script.script_scalars import ScriptScalars
from lstm_engine.script.vocabulary.events import EVENTS


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
            self._scalars = ScriptScalars(EventFileWriter(self._file))
            if not is_first:
                for _ in self._log.new():
                    pass

    def look(self) -> None:
        """Writes what was told since the last time."""
        with self._guarded():
            for event in self._log.new() if self._file is not None else ():
                self._scalars.take(event)
            if self._file is not None:
                self._file.flush()

    def end(self) -> None:
        """Writes what is left."""
        self.look()
        self._leave()

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
