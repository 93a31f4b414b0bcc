"""Ends an engine that was told to end and does not: its dashboard has gone, or a signal came.

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

#: Seconds until an engine that was told to end is killed: far more than an epoch and a save take. What is lost then is
#: what came after the last checkpoint.
PATIENCE = 120.0

_ENDING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


def start_watchdog(patience: float) -> None:
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


def _watch(engine: int, heard: int, patience: float) -> None:
    waiting = select.poll()
    waiting.register(heard, select.POLLIN)
    waiting.register(0, 0)  # of its end alone: what comes in is the engine's
    due, why = float("inf"), ""
    while (left := due - time.monotonic()) > 0:
        for descriptor, _ in waiting.poll(None if left == float("inf") else left * 1000):
            cause = "the end of its input"
            if descriptor == 0:
                waiting.unregister(0)
            elif numbers := os.read(heard, 64):
                ending = [number for number in _ENDING if number in numbers]
                if not ending:
                    continue
                cause = ending[0].name
            else:
                return  # it has ended
            if not why:
                due, why = time.monotonic() + patience, cause
    if os.getppid() == engine:
        os.write(2, f"the engine is killed: it did not end within {patience:g} s of {why}\n".encode())
        os.kill(engine, signal.SIGKILL)
