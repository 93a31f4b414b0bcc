"""The two ends of the engine's pipes: commands waiting to be carried out, and events on their way out."""

from __future__ import annotations

import queue
import threading
from collections import deque
from collections.abc import Callable
from typing import BinaryIO

import msgspec

from lstm_engine.protocol.messages import Command, Message, Notice, Quit, Refused, decode_command, encode
from lstm_engine.text import printable

#: How many bytes of events may wait for a reader that has stopped reading (a suspended dashboard) before training
#: waits for it too: about 20 seconds of epochs.
WAITING_LIMIT = 8 * 1024 * 1024


class Inbox:
    """Commands in the order they came, read from a pipe by a thread of its own; the end of the pipe is a Quit."""

    def __init__(self) -> None:
        self._commands: deque[Command] = deque()
        self._came = threading.Condition()

    def put(self, command: Command) -> None:
        """Adds a command behind those that wait."""
        with self._came:
            self._commands.append(command)
            self._came.notify()

    def __bool__(self) -> bool:
        return bool(self._commands)

    def peek(self) -> Command | None:
        """The next command, left where it is."""
        return self._commands[0] if self._commands else None

    def holds(self, kind: type[Command]) -> bool:
        """Whether a command of that kind waits, wherever in the row."""
        with self._came:
            return any(isinstance(command, kind) for command in self._commands)

    def get(self, timeout: float | None = None) -> Command | None:
        """The next command; None where none came within `timeout` seconds."""
        with self._came:
            if not self._came.wait_for(lambda: self._commands, timeout):
                return None
            return self._commands.popleft()

    def read(self, pipe: BinaryIO, outbox: Outbox) -> None:
        """Reads until the end of `pipe`, in a thread."""

        def reader() -> None:
            for line in pipe:
                try:
                    self.put(decode_command(line))
                except (msgspec.DecodeError, UnicodeDecodeError) as error:
                    outbox.put(Refused(command="", reason=f"not a command: {error}"))
            self.put(Quit())

        threading.Thread(target=reader, name="commands", daemon=True).start()


class Outbox:
    """Events, written by a thread of its own, so that a slow reader does not hold training up before it must."""

    def __init__(
        self,
        write: Callable[[bytes], None],
        on_broken: Callable[[], None],
        hear: Callable[[Message], None] = lambda _: None,
    ) -> None:
        """
        Args:
            write: puts all of the bytes it is given into the pipe; raises OSError where nobody reads it any more.
            on_broken: called once, from the writing thread, when that happened; events then go nowhere.
            hear: called with every event, by whoever sends it, also where nobody reads the pipe any more.
        """
        self._write = write
        self._on_broken = on_broken
        self._hear = hear
        self._lines: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._waiting = 0
        self._drained = threading.Condition()
        self._broken = False
        self._thread = threading.Thread(target=self._run, name="events", daemon=True)
        self._thread.start()

    def put(self, event: Message) -> None:
        """Sends an event; waits where too much is on its way already."""
        self._hear(event)
        line = encode(event)
        with self._drained:
            self._drained.wait_for(lambda: self._waiting < WAITING_LIMIT or self._broken)
            self._waiting += len(line)
        self._lines.put(line)

    def notice(self, text: str) -> None:
        """Sends a sentence on something that is not as it should be."""
        self.put(Notice(text=printable(text)))

    def progress(self, text: str) -> None:
        """Sends a sentence on what the engine is doing."""
        self.put(Notice(text=text, warning=False))

    def close(self, timeout: float) -> None:
        """Waits until everything is written, `timeout` seconds at most."""
        self._lines.put(None)
        self._thread.join(timeout)

    def _run(self) -> None:
        while (line := self._lines.get()) is not None:
            if not self._broken:
                try:
                    self._write(line)
                except OSError:
                    self._broken = True
                    self._on_broken()
            with self._drained:
                self._waiting -= len(line)
                self._drained.notify_all()
