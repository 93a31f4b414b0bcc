"""A scheduler of Dask and its workers on this machine, as processes that a test may kill."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.support.kept_scripts import wait_for

#: Only on loopback, on any port that is free.
_HERE = ("--host", "127.0.0.1", "--port", "0")


@contextmanager
def scheduler(folder: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Its address, and its process, which is killed in the end where it is still there."""
    file = folder / "scheduler.json"
    with _process("scheduler", *_HERE, "--no-dashboard", "--scheduler-file", str(file)) as process:
        wait_for(lambda: _address(file))
        yield _address(file), process


@contextmanager
def worker(
    address: str, *, within: Sequence[str] = (), environment: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A worker that trains one member at a time. within: a command that it is carried out by."""
    options = ("--nthreads", "1", "--no-nanny", "--no-dashboard", *_HERE[:2])
    with _process("worker", address, *options, within=within, environment=environment) as process:
        yield process


@contextmanager
def workers(address: str, count: int) -> Iterator[list[subprocess.Popen[bytes]]]:
    with ExitStack() as stack:
        yield [stack.enter_context(worker(address)) for _ in range(count)]


@contextmanager
def _process(
    *arguments: str, within: Sequence[str] = (), environment: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    command = [*within, sys.executable, "-m", "dask", *arguments]
    nowhere = subprocess.DEVNULL
    process = subprocess.Popen(
        command, stdin=nowhere, stdout=nowhere, stderr=nowhere, env={**os.environ, **(environment or {})}
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _address(file: Path) -> str:
    try:
        address: str = json.loads(file.read_text())["address"]
    except (OSError, ValueError, KeyError):
        return ""
    return address
