from __future__ import annotations

import os
import signal
import sys
from typing import IO

import pytest

from lstm_engine.errors import UserError
from tui.cli.processes.child_process import ChildEnd, child_process

WAITS = """
import signal, sys
signal.signal(signal.SIGTERM, lambda *_: sys.exit(130))
print("on", flush=True)
signal.pause()
"""


def test_what_it_said_and_how_it_ended() -> None:
    read: list[bytes] = []
    program = "import sys; print('told'); sys.stderr.write('why'); sys.exit(3)"
    found = child_process([sys.executable, "-c", program], lambda lines: read.extend(lines))
    assert (found, read) == (ChildEnd(3, "why", was_asked=False), [b"told\n"])


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_to_this_process_is_its(number: signal.Signals) -> None:
    def follow(lines: IO[bytes]) -> None:
        assert lines.readline() == b"on\n"
        os.kill(os.getpid(), number)
        assert lines.read() == b""

    before = signal.getsignal(number)
    assert child_process([sys.executable, "-c", WAITS], follow) == ChildEnd(130, "", was_asked=True)
    assert signal.getsignal(number) is before


def test_an_error_here_ends_it_first() -> None:
    def follow(lines: IO[bytes]) -> None:
        lines.readline()
        raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        child_process([sys.executable, "-c", WAITS], follow)


def test_what_cannot_be_started() -> None:
    with pytest.raises(UserError, match="cannot be started"):
        child_process(["/nowhere/at-all"], lambda lines: lines.read())
