"""Adds events to a run's file, to which the hook in the script's process adds its own."""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path

import msgspec

from lstm_engine.script.vocabulary.events import EVENTS, Event

_encoder = msgspec.json.Encoder()


class EventWriter:
    """The keeper's end of `events.jsonl`. May be used from several threads."""

    def __init__(self, directory: Path) -> None:
        """Raises OSError where the file cannot be opened."""
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK
        self._file = os.open(directory / EVENTS, flags, 0o600)

    def tell(self, event: Event) -> None:
        """Adds an event, with the time of now. Where there is no room for it, it is lost, and nothing else is.

        It begins with a newline: a line that its writer could not end, being killed or for want of room, spoils none
        but itself.
        """
        line = _encoder.encode(msgspec.structs.replace(event, at=time.time()))
        with contextlib.suppress(OSError):
            os.write(self._file, b"\n" + line + b"\n")

    def close(self) -> None:
        """Lets go of the file."""
        os.close(self._file)
