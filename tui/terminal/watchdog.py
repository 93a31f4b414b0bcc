"""Ends the program soon after a signal that is to end it, whatever its main thread does.

The main thread may wait for a terminal that nobody reads; then no handler of asyncio's runs. A thread of its own is
told by the kernel, through a pipe.
"""

from __future__ import annotations

import os
import select
import signal
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress

#: Signals that end a program, where it does not catch them, and that can be caught to any purpose.
ENDING = (
    signal.SIGHUP,
    signal.SIGINT,
    signal.SIGQUIT,
    signal.SIGABRT,
    signal.SIGALRM,
    signal.SIGTERM,
    signal.SIGUSR1,
    signal.SIGUSR2,
)


class Watchdog:
    """Waits for a signal to end the program, or for `bark`; to be made in the main thread.

    leave: asks the program to end, given the signal's number; called in the watchdog's thread.
    give_up: the last thing done where it has not ended by itself.
    patience: seconds in between.
    """

    def __init__(
        self,
        leave: Callable[[int], None],
        give_up: Callable[[], None],
        signals: Iterable[int] = ENDING,
        patience: float = 1.5,
    ) -> None:
        self._leave = leave
        self._give_up = give_up
        self._signals = frozenset(signals)
        self._patience = patience
        self._read_end, self._write_end = os.pipe()
        os.set_blocking(self._write_end, False)

    def start(self) -> None:
        """Watch from now on. Signals that are ignored stay so, as nohup wants it."""
        for number in self._signals:
            if signal.getsignal(number) != signal.SIG_IGN:
                signal.signal(number, _do_nothing)
        # Python writes the number of each signal that has a handler, in the handler of the kernel's.
        signal.set_wakeup_fd(self._write_end, warn_on_full_buffer=False)
        threading.Thread(target=self._watch, name="watchdog", daemon=True).start()

    def bark(self, number: int) -> None:
        """As if that signal had come; from any thread."""
        with suppress(BlockingIOError):  # it is full: of signals, then
            os.write(self._write_end, bytes((number,)))

    def _watch(self) -> None:
        # To restore a terminal that another program has by now would stop this one.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTTOU})
        number = 0
        while number not in self._signals:
            number = os.read(self._read_end, 1)[0]
        deadline = time.monotonic() + self._patience
        self._leave(number)
        while (left := deadline - time.monotonic()) > 0:
            if select.select([self._read_end], [], [], left)[0]:
                os.read(self._read_end, 4096)
        self._give_up()
        os._exit(128 + number)  # which ends the engine's input, too: it saves and leaves


def _do_nothing(*_: object) -> None:
    pass
