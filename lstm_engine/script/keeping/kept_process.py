"""A script's process as its keeper has it: started, told of signals, waited for."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import FrameType

from lstm_engine.script.output_tail import OUTPUT

#: Those that the keeper hands on to the script.
_HANDED_ON = (signal.SIGTERM, signal.SIGINT)


class KeptProcess:
    """One process, in a session of its own. It outlives its keeper, which may be killed: its output goes to a file.

    Signals are the whole program's, so there is one of these in a program, made in its main thread.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._early: list[int] = []
        self._woken, wake = os.pipe()
        for end in (self._woken, wake):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        for number in _HANDED_ON:
            signal.signal(number, self._hand_on)
        # Handled, and not ignored: what is ignored here would be ignored in the script, too.
        for number in (signal.SIGHUP, signal.SIGCHLD):
            signal.signal(number, lambda *_: None)

    def start(self, argv: Sequence[str], directory: str, environment: Mapping[str, str], run: Path, umask: int) -> int:
        """Starts it; its number. Its output is added to the run's.

        Raises:
            OSError: it cannot be started; `filename` says what is missing.
        """
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW
        output = os.open(run / OUTPUT, flags, 0o600)
        try:
            self._process = subprocess.Popen(
                argv,
                cwd=directory,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                umask=umask,
            )
        finally:
            os.close(output)
        for number in self._early:
            self._process.send_signal(number)
        return self._process.pid

    def wait(self, seconds: float) -> bool:
        """Whether it has ended, after so many seconds at most."""
        assert self._process is not None  # noqa: S101 - it was started
        if self._process.poll() is None:
            select.select([self._woken], [], [], seconds)
            with contextlib.suppress(BlockingIOError):
                os.read(self._woken, 4096)
        return self._process.poll() is not None

    @property
    def status(self) -> tuple[int | None, str]:
        """Of an ended one: its exit status, or else the name of the signal that ended it."""
        code = self._process.returncode if self._process is not None else None
        if code is None or code >= 0:
            return code, ""
        try:
            return None, signal.Signals(-code).name
        except ValueError:
            return None, f"signal {-code}"

    def _hand_on(self, number: int, _: FrameType | None) -> None:
        if self._process is None:
            self._early.append(number)
        else:
            self._process.send_signal(number)
