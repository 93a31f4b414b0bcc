"""A process that trains many runs, from its start to its end; signals to this one are its."""

from __future__ import annotations

import contextlib
import signal
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO

from lstm_engine.errors import UserError

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True)
class ChildEnd:
    """status: of its exit. said: on standard error. was_asked: a signal came meanwhile, which was handed on."""

    status: int
    said: str
    was_asked: bool


def child_process(command: Sequence[str], follow: Callable[[IO[bytes]], object]) -> ChildEnd:
    """Carries out the command. follow: reads its standard output to the end.

    Raises:
        UserError: it cannot be started. What `follow` raises has it ended first.
    """
    running: list[subprocess.Popen[bytes]] = []
    with _handing_on(running) as was_asked, _started(command) as process:
        running.append(process)
        if was_asked():  # while it was started
            process.terminate()
        assert process.stdout is not None and process.stderr is not None  # noqa: S101, PT018 - they were asked for
        try:
            follow(process.stdout)
        except BaseException:
            process.terminate()
            raise
        said = process.stderr.read().decode(errors="replace")
    return ChildEnd(process.returncode, said, was_asked())


def _started(command: Sequence[str]) -> subprocess.Popen[bytes]:
    nowhere, pipe = subprocess.DEVNULL, subprocess.PIPE
    try:
        return subprocess.Popen(  # noqa: S603 - our own program
            command, stdin=nowhere, stdout=pipe, stderr=pipe, start_new_session=True
        )
    except OSError as error:
        raise UserError(f"the sweep's process cannot be started ({error.strerror})") from error


@contextlib.contextmanager
def _handing_on(running: Sequence[subprocess.Popen[bytes]]) -> Iterator[Callable[[], bool]]:
    """Within it, signals are the running process's, if there is one by then; yields whether there was a signal."""
    asked = False

    def hand_on(_: int, __: object) -> None:
        nonlocal asked
        asked = True
        # Python would end by an error of its own at SIGINT, as long as it imports.
        for process in running:
            with contextlib.suppress(ProcessLookupError):
                process.terminate()

    caught = [number for number in _SIGNALS if signal.getsignal(number) != signal.SIG_IGN]
    before = [signal.signal(number, hand_on) for number in caught]
    try:
        yield lambda: asked
    finally:
        for number, handler in zip(caught, before, strict=True):
            signal.signal(number, handler)
