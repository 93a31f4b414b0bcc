"""Ends an engine that was told to end and does not: its dashboard has gone, or a signal came.

An engine whose dashboard has gone may go on without it; it then says so, before the time is up.

Whatever holds Python's own lock for ever, in a library's C code, keeps every thread and every signal handler waiting.
So the watchdog is a small process of its own, forked before PyTorch is loaded. The kernel tells it of the end of the
engine's input, and of signals: Python writes their numbers into a pipe in the very moment they come. The pipe's end
tells it that the engine has ended.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import time
from dataclasses import dataclass

#: Seconds until an engine that was told to end is killed: far more than an epoch and a save take. What is lost then is
#: what came after the last checkpoint.
PATIENCE = 120.0

_END_OF_INPUT = "the end of its input"
_ENDING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


#: What the engine writes into the pipe beside signals' numbers.
_GOES_ON, _ENDS = 0, 255


@dataclass(frozen=True)
class Watchdog:
    """The engine's side of it."""

    told: int

    def stand_down(self) -> None:
        """The end of the input is known, and the engine goes on."""
        self._tell(_GOES_ON)

    def expect_the_end(self) -> None:
        """The engine ends now."""
        self._tell(_ENDS)

    def _tell(self, word: int) -> None:
        with contextlib.suppress(OSError):
            os.write(self.told, bytes([word]))


def start_watchdog(patience: float) -> Watchdog:
    """Has this process watched from here on, while it has one thread only.

    Args:
        patience: seconds from the end of standard input, or a signal, to the kill.
    """
    heard, told = os.pipe()
    engine = os.getpid()
    if os.fork() == 0:
        with contextlib.suppress(BaseException):
            for number in _ENDING:
                signal.signal(number, signal.SIG_IGN)  # sent to all of a group, they are for the engine
            os.close(told)
            os.close(1)
            _watch(engine, heard, patience)
        os._exit(0)
    os.close(heard)
    os.set_blocking(told, False)
    signal.set_wakeup_fd(told, warn_on_full_buffer=False)
    return Watchdog(told)


def _watch(engine: int, heard: int, patience: float) -> None:
    waiting = select.poll()
    waiting.register(heard, select.POLLIN)
    waiting.register(0, 0)  # of its end alone: what comes in is the engine's
    due, why = float("inf"), ""
    while (left := due - time.monotonic()) > 0:
        # The end of the input first: a word that comes with it was written in that knowledge.
        for descriptor, _ in sorted(waiting.poll(None if left == float("inf") else left * 1000)):
            cause = _END_OF_INPUT
            if descriptor == 0:
                waiting.unregister(0)
            elif numbers := os.read(heard, 64):
                ending = [number.name for number in _ENDING if number in numbers]
                if _GOES_ON in numbers and why == _END_OF_INPUT:
                    due, why = float("inf"), ""
                if _ENDS in numbers:
                    ending.append("its own word that it ends")
                if not ending:
                    continue
                cause = ending[0]
            else:
                return  # it has ended
            if not why:
                due, why = time.monotonic() + patience, cause
    if os.getppid() == engine:
        os.write(2, f"the engine is killed: it did not end within {patience:g} s of {why}\n".encode())
        os.kill(engine, signal.SIGKILL)
