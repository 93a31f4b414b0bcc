"""The engine's two ends: commands that wait to be carried out, and events on their way to whoever attends."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections import deque

from lstm_engine.protocol.message import Message
from lstm_engine.protocol.messages import Command, NewRun, Notice, OpenRun, Pause, Quit, Refused, Reseed, Save
from lstm_engine.text import printable

#: After these, nothing is trained; unless they are refused.
_STOPPING = (NewRun, OpenRun, Reseed, Pause, Quit)


class Asker(ABC):
    """Who sent a command."""

    @abstractmethod
    def answer(self, event: Message) -> None:
        """Tells that one alone."""


class Inbox:
    """Commands in the order they came, from however many clients."""

    def __init__(self) -> None:
        self._commands: deque[tuple[Command, Asker | None]] = deque()
        self._came = threading.Condition()
        self._woken = False
        self._taken: Command | None = None
        self._asker: Asker | None = None

    @property
    def may_stop_training(self) -> bool:
        """Whether what waits, or was taken last, may have nothing trained any more."""
        with self._came:
            return isinstance(self._taken, _STOPPING) or any(
                not isinstance(command, Save) for command, _ in self._commands
            )

    @property
    def asker(self) -> Asker | None:
        """Who sent the command that was taken last; None where nobody did, or it was not said."""
        return self._asker

    def put(self, command: Command, asker: Asker | None = None) -> None:
        """Adds a command behind those that wait."""
        with self._came:
            self._commands.append((command, asker))
            self._came.notify()

    def wake(self) -> None:
        """Has a `get` that waits come back without a command: something else is to be looked at."""
        with self._came:
            self._woken = True
            self._came.notify()

    def __bool__(self) -> bool:
        return bool(self._commands)

    def peek(self) -> Command | None:
        """The next command, left where it is."""
        return self._commands[0][0] if self._commands else None

    def settle(self) -> None:
        """What was taken last has nothing more to stop."""
        self._taken = None

    def holds(self, kind: type[Command]) -> bool:
        """Whether a command of that kind waits, wherever in the row."""
        with self._came:
            return any(isinstance(command, kind) for command, _ in self._commands)

    def get(self, timeout: float | None = None) -> Command | None:
        """The next command; None where none came within `timeout` seconds, or `wake` was called."""
        with self._came:
            self._came.wait_for(lambda: self._commands or self._woken, timeout)
            self._woken, self._taken, self._asker = False, None, None
            if not self._commands:
                return None
            self._taken, self._asker = self._commands.popleft()
            return self._taken


class Outbox(ABC):
    """Where events go.

    outlives: training goes on when nobody attends any more.
    """

    outlives = False

    @abstractmethod
    def put(self, event: Message) -> None:
        """Sends an event to all who attend."""

    def refuse(self, refused: Refused, asker: Asker | None) -> None:
        """Tells whoever sent a command that it is not carried out; all, where nobody is known to have sent it."""
        if asker is None:
            self.put(refused)
        else:
            asker.answer(refused)

    @property
    def is_deserted(self) -> bool:
        """Whether there was somebody to send events to, and nobody is left."""
        return False

    def notice(self, text: str) -> None:
        """Sends a sentence on something that is not as it should be."""
        self.put(Notice(text=printable(text)))

    def progress(self, text: str) -> None:
        """Sends a sentence on what the engine is doing."""
        self.put(Notice(text=text, warning=False))
