"""Ctrl-C and SIGTERM while a script trains in the foreground: they are asked of its training, and not done to it."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from lstm_engine.script.vocabulary.events import Event
from tui.cli.script.stop_request import StopRequest

#: Seconds that a script gets to save and to end: its step may be long, and it may have more to do behind its fit.
_PATIENCE = 60.0
#: What the command is told apart by.
_NAME = "interrupt"


class Says(Protocol):
    """Where it goes what is said meanwhile."""

    def say(self, sentence: str) -> None: ...


class Interruption:
    """The first signal has the training save and end; the second one, or too long a wait, is the script's own.

    number: of the first signal; 0 where there was none. To be looked at now and then.
    """

    def __init__(self, run: Path, output: Says, clock: Callable[[], float]) -> None:
        self.number = 0
        self._run = run
        self._output = output
        self._clock = clock
        self._come: list[int] = []
        self._request: StopRequest | None = None
        self._due = float("inf")

    def take(self, number: int, _: object = None) -> None:
        """A signal has come. As a handler it does no more than note it."""
        self._come.append(number)

    def look(self) -> None:
        """Does what the signals that have come ask for. Raises OSError."""
        while self._come:
            number = self._come.pop(0)
            if self._request is None:
                self.number = number
                self._request = StopRequest(self._run, _NAME, number)
                self._due = self._clock() + _PATIENCE
                if self._request.ask():
                    self._output.say(
                        "interrupted: it is asked to save and end; once more interrupts the script itself"
                    )
                else:
                    name = signal.Signals(number).name
                    self._output.say(f"interrupted: no Trainer takes a command, so the script is sent {name}")
            else:
                StopRequest(self._run, _NAME, number).insist()
        if self._request is not None and self._clock() > self._due:
            self._due = float("inf")
            self._output.say(f"it has not ended within {_PATIENCE:g} s: it is sent {signal.Signals(self.number).name}")
            self._request.insist()

    def hear(self, event: Event) -> None:
        """What the script tells."""
        if self._request is not None:
            self._request.hear(event)


@contextmanager
def interruptible(run: Path, output: Says, clock: Callable[[], float]) -> Iterator[Interruption]:
    """Within it, Ctrl-C and SIGTERM are noted for it, but where this program was told to ignore them."""
    interruption = Interruption(run, output, clock)
    caught = [number for number in (signal.SIGINT, signal.SIGTERM) if signal.getsignal(number) != signal.SIG_IGN]
    before = [signal.signal(number, interruption.take) for number in caught]
    try:
        yield interruption
    finally:
        for number, handler in zip(caught, before, strict=True):
            signal.signal(number, handler)
