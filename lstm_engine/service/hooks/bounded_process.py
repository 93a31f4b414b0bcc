"""A command of the user's as a process that cannot hold anything up: its time, and what is kept of its words, end."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import IO

#: Bytes that are kept of what it writes; the rest is read and dropped, so that it never waits for a reader.
_MOST = 16384
#: Seconds between two looks at the clock, and between the request to end and the end.
_POLL, _GRACE = 0.1, 1.0


@dataclass(frozen=True)
class Outcome:
    """What became of it. status: its exit status, negative for a signal; None where its time was over.

    output: the beginning of what it wrote, on standard output and standard error.
    """

    status: int | None
    output: bytes


def run_bounded(
    words: Sequence[str],
    told: bytes,
    environment: Mapping[str, str],
    deadline: Callable[[], float],
    umask: int = -1,
) -> Outcome:
    """Run a command, without a shell, in a session of its own.

    Args:
        words: the program and its arguments.
        told: its standard input.
        environment: what it gets besides this process's.
        deadline: when it is ended, with all that it has started in its session, by `time.monotonic`; asked again and
            again.
        umask: its own; -1 for this process's.

    Raises:
        OSError: it cannot be started.
        ValueError: no process can be told such words, as those with a zero byte.
    """
    read_end, write_end = os.pipe()
    with os.fdopen(read_end, "rb", buffering=0) as output:
        with os.fdopen(write_end, "wb", buffering=0) as written, _file_of(told) as standard_input:
            process = subprocess.Popen(
                words,
                stdin=standard_input,
                stdout=written,
                stderr=subprocess.STDOUT,
                env={**os.environ, **environment},
                start_new_session=True,
                umask=umask,
            )
        kept = _read(process, output, deadline)
        status = process.poll()
        if status is None:
            _end(process)
        return Outcome(status, kept)


def _file_of(told: bytes) -> IO[bytes]:
    """A file that nobody waits for who does not read it; in memory, where it can be, for the disk may be full."""
    if hasattr(os, "memfd_create"):
        file: IO[bytes] = os.fdopen(os.memfd_create("told"), "w+b", buffering=0)
    else:
        file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - the caller closes it
    file.write(told)
    file.seek(0)
    return file


def _read(process: subprocess.Popen[bytes], output: IO[bytes], deadline: Callable[[], float]) -> bytes:
    """What it writes until it has ended, or its time is over; not what others write who have its output from it."""
    kept, is_open = bytearray(), True
    while process.poll() is None and time.monotonic() < deadline():
        if not is_open:
            with suppress(subprocess.TimeoutExpired):
                process.wait(_POLL)
        elif select.select([output], [], [], _POLL)[0]:
            chunk = os.read(output.fileno(), _MOST)
            kept += chunk[: _MOST - len(kept)]
            is_open = bool(chunk)
    os.set_blocking(output.fileno(), False)
    with suppress(BlockingIOError):
        while len(kept) < _MOST and (chunk := os.read(output.fileno(), _MOST)):
            kept += chunk[: _MOST - len(kept)]
    return bytes(kept)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End all of its session, gently first."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        with suppress(subprocess.TimeoutExpired):
            process.wait(_GRACE)
