"""The command that the user has run when a training ends that nobody stopped. Whatever it does, nothing is harmed."""

from __future__ import annotations

import contextlib
import logging
import queue
import shlex
import threading
import time
from collections.abc import Sequence

from lstm_engine.protocol.attendance import Logged
from lstm_engine.protocol.message import Message
from lstm_engine.protocol.messages import Notice, Paused, Refused
from lstm_engine.service.hooks.bounded_process import Outcome, run_bounded
from lstm_engine.service.hooks.ending import Ending, Training
from lstm_engine.service.logs import own_log
from lstm_engine.text import printable

#: Seconds that the command has, and that the engine waits for it at its own end.
LIMIT = 30.0
#: Endings that may wait for the one before them; more come only of a command that hangs, and a disk that fills again
#: and again.
_MOST_WAITING = 8
#: Seconds over the limit in which what is over it is ended.
_GRACE = 5.0


#: Events that come from other threads, too, and say nothing of how training goes.
_OF_OTHER_THREADS = (Refused, Notice, Logged)


class OnEnd:
    """Hears the engine's events, and runs the command once for each ending, one after another, in a thread."""

    def __init__(self, words: Sequence[str], umask: int = -1, limit: float = LIMIT) -> None:
        """
        Args:
            words: the program and its arguments; nothing is run where there are none.
            umask: the command's; -1 for this process's.
            limit: seconds.
        """
        self._words = words
        self._umask = umask
        self._limit = limit
        self._training = Training()
        self._waiting: queue.Queue[tuple[Ending, logging.Logger] | None] = queue.Queue(_MOST_WAITING)
        self._thread: threading.Thread | None = None
        self._closed_at = float("inf")

    def hear(self, event: Message) -> None:
        """Takes an event, in the order of the events. Never waits."""
        if not self._words or isinstance(event, _OF_OTHER_THREADS):
            return
        ending = self._training.ended_by(event)
        self._training = self._training.after(event)
        if ending is None:
            return
        is_gone = isinstance(event, Paused) and event.folder_gone  # what is there now may be a stranger's
        log = own_log(None if is_gone else ending.directory)
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="on-end", daemon=True)
            self._thread.start()
        try:
            self._waiting.put_nowait((ending, log))
        except queue.Full:
            log.warning("--on-end is not run for %s: it has %d endings to come", ending.state, _MOST_WAITING)

    def close(self) -> None:
        """Waits for the command, no longer than the limit; what runs then is ended, and what waits is not run."""
        if self._thread is None:
            return
        self._closed_at = time.monotonic()
        end = self._closed_at + self._limit + _GRACE
        with contextlib.suppress(queue.Full):
            self._waiting.put(None, timeout=end - time.monotonic())
        self._thread.join(max(0.0, end - time.monotonic()))

    def _work(self) -> None:
        while (waiting := self._waiting.get()) is not None:
            ending, log = waiting
            try:
                self._run(ending, log)
            except Exception:  # a defect of ours must not keep the next from being told
                log.exception("--on-end could not be carried out")

    def _run(self, ending: Ending, log: logging.Logger) -> None:
        begun, command = time.monotonic(), shlex.join(self._words)
        if begun > self._deadline(begun):
            log.warning("--on-end %s is not run for %s: the engine ends", command, ending.state)
            return
        try:
            outcome = run_bounded(
                self._words, ending.json, ending.environment, lambda: self._deadline(begun), self._umask
            )
        except (OSError, ValueError) as error:
            log.warning("--on-end %s cannot be run: %s", command, error)
            return
        for line in outcome.output.decode(errors="replace").splitlines():
            log.info("--on-end: %s", printable(line))
        self._log_outcome(outcome, command, log)

    def _deadline(self, begun: float) -> float:
        return min(begun, self._closed_at) + self._limit

    def _log_outcome(self, outcome: Outcome, command: str, log: logging.Logger) -> None:
        if outcome.status is None:
            log.warning("--on-end %s was ended: its time, %g s at most, was over", command, self._limit)
        elif outcome.status < 0:
            log.warning("--on-end %s was ended by signal %d", command, -outcome.status)
        elif outcome.status:
            log.warning("--on-end %s failed with exit status %d", command, outcome.status)
        else:
            log.info("--on-end %s was run", command)
