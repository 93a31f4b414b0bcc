"""A script's run, by the files in its folder: its record, the events that were told of it, and its output."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from lstm_engine.errors import UserError
from lstm_engine.listing.price_settings import price_settings, settings_by_option
from lstm_engine.script.event_log import EventLog
from lstm_engine.script.output_tail import OUTPUT
from lstm_engine.script.vocabulary.events import EVENTS, Event
from lstm_engine.script.vocabulary.log_events import Described
from lstm_engine.script.vocabulary.module_events import CheckpointWritten
from lstm_engine.store.script_record import ScriptRecord, read_script_record
from lstm_engine.text import printable
from tui.client.logs.price_watch import PriceWatch
from tui.options import shell_word
from tui.state.told import Told

#: Events that are told at a time: a screen has a frame to draw between two of them.
_MOST = 20_000
#: Seconds between two looks whether checkpoints are there still.
_MISSED_EVERY = 1.0
#: Bytes of the end of a script's output that are told first.
_OUTPUT = 1 << 18


class ScriptLog:
    """The files of one run, and how far they were told. directory: of the run."""

    def __init__(self, run: str, directory: Path) -> None:
        """run: what it is called where it is told of."""
        self.directory = directory
        self._run = run
        self._log = EventLog(directory / EVENTS)
        self._waiting: Iterator[Event] = iter(())
        self._begun = 0
        self._output = -1
        self._problem = ""
        self._is_described = False
        self._prices = PriceWatch(directory)
        self._checkpoints: set[str] = set()
        self._missed_at = 0.0

    def new(self) -> Iterator[Told]:
        """What is new, a piece at a time."""
        while (told := self.look()) is not None:
            yield told

    def look(self) -> Told | None:
        """What is new, or a part of it where that is much; None for nothing. Takes a while."""
        problem = ""
        events: list[Event] = []
        output = ""
        try:
            events = self._described()
            events += islice(self._waiting, _MOST - len(events))
            if not events:
                self._waiting = self._log.new()
                events = list(islice(self._waiting, _MOST))
            output = self._new_output()
        except (UserError, OSError) as error:
            why = error.strerror if isinstance(error, OSError) else str(error)
            problem = f"run {printable(self.directory.name)} cannot be read ({why})"
        anew = self._log.begun > max(self._begun, 1)
        self._begun = self._log.begun
        if anew:
            self._is_described, self._prices = False, PriceWatch(self.directory)
        news = problem if problem != self._problem else ""
        self._problem = problem
        self._checkpoints.update(event.path for event in events if isinstance(event, CheckpointWritten))
        gone = self._gone() if not events else ()
        prices = self._prices.new()
        if not (events or output or news or anew or gone or prices):
            return None
        return Told(self._run, events, output, news, anew, gone, prices)

    def _gone(self) -> tuple[str, ...]:
        """The checkpoints that were removed, for one: Lightning keeps the best few. Looked for now and then."""
        if time.monotonic() < self._missed_at:
            return ()
        self._missed_at = time.monotonic() + _MISSED_EVERY
        gone = tuple(sorted(path for path in self._checkpoints if not os.path.exists(path)))  # noqa: PTH110 - text
        self._checkpoints.difference_update(gone)
        return gone

    def _described(self) -> list[Event]:
        """What `script.json` says, once. Raises UserError where it cannot be read."""
        if self._is_described:
            return []
        record = read_script_record(self.directory)
        self._is_described = True
        settings = price_settings(str(self.directory))
        if settings is None:
            return [Described(texts=_texts(record))]
        # Its script is this program's own: what it was asked for are its settings.
        texts = {name: text for name, text in _texts(record).items() if name not in ("command", "directory")}
        return [Described(hyperparameters={"data": record.title, **settings_by_option(settings)}, texts=texts)]

    def _new_output(self) -> str:
        """What the script has written since the last look. Raises OSError."""
        try:
            descriptor = os.open(self.directory / OUTPUT, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
        except FileNotFoundError:
            return ""
        try:
            size = os.fstat(descriptor).st_size
            if self._output < 0 or size < self._output:
                self._output = max(size - _OUTPUT, 0)
            data = os.pread(descriptor, min(size - self._output, _OUTPUT), self._output)
        finally:
            os.close(descriptor)
        whole = data[: _end_of_text(data)]
        self._output += len(whole)
        return whole.decode(errors="replace")


def _texts(record: ScriptRecord) -> dict[str, str]:
    """What is known of the script, by name; what is empty is left out."""
    texts = {
        "title": record.title,
        "command": " ".join(map(shell_word, record.argv)),
        "directory": record.directory,
        "commit": record.commit,
        "created": record.created,
        "branch of": f"{record.parent} at {record.parent_epoch}" if record.parent is not None else "",
    }
    return {name: text for name, text in texts.items() if text}


def _end_of_text(data: bytes) -> int:
    """Where a character that is still being written begins; the end where there is none."""
    for back in range(1, min(len(data), 3) + 1):
        byte = data[-back]
        if byte >= 0xC0:
            length = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            return len(data) - back if length > back else len(data)
        if byte < 0x80:
            break
    return len(data)
