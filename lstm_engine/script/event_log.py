"""Reads a file of events as it grows: every whole line once, in order, whatever was torn or is not known."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import msgspec

from lstm_engine.errors import UserError
from lstm_engine.script.vocabulary.events import EVENTS, Event, decode_event
from lstm_engine.text import printable

#: Bytes that are read at a time, and of the longest line that is taken for one.
_PIECE, _LONGEST = 1 << 20, 1 << 24


class EventLog:
    """A file of events, and how far it was read.

    unread: lines that were no event so far. begun: how often it was begun to read.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._position = 0
        self._rest = b""
        self._file: tuple[int, int] | None = None
        self.unread = 0
        self.begun = 0

    def new(self) -> Iterator[Event]:
        """The events since the last call. A file that was replaced or cut is read from its beginning.

        Raises:
            OSError: it cannot be read; but one that is not there, or is no file, has no events.
        """
        try:
            descriptor = os.open(self._path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
        except FileNotFoundError:
            return
        with os.fdopen(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                return
            if (status.st_dev, status.st_ino) != self._file or status.st_size < self._position:
                self._file, self._position, self._rest = (status.st_dev, status.st_ino), 0, b""
                self.begun += 1
            file.seek(self._position)
            while data := file.read(_PIECE):
                self._position += len(data)
                *lines, rest = (self._rest + data).split(b"\n")
                self._rest = rest if len(rest) <= _LONGEST else b""
                for line in lines:
                    if line.strip():
                        yield from self._event(line)

    def _event(self, line: bytes) -> Iterator[Event]:
        try:
            yield decode_event(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            self.unread += 1


def events_told(run: Path) -> Iterator[Event]:
    """All that the run's script has told so far; nothing where it has told nothing.

    Raises:
        UserError: it cannot be read.
    """
    path = run / EVENTS
    try:
        yield from EventLog(path).new()
    except OSError as error:
        place = printable(str(path))
        raise UserError(f"{place} cannot be read ({error.strerror}): expected what the script has told") from error
