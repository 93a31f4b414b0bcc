"""The driver on a real pty: it tells when the terminal is gone, and leaves it as it was found."""

from __future__ import annotations

import asyncio
import os
import select
import signal
import sys
import termios
import threading
import tty
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest
import pytest_asyncio
from textual.app import App
from textual.drivers._writer_thread import WriterThread
from textual.events import Key
from textual.message import Message

from tui.terminal.driver import TerminalDriver
from tui.terminal.input_bytes import LARGEST

#: Seconds that only a defect takes.
LIMIT = 30.0


class Line:
    """A driver on one end of a pty, and the other end."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.there, self.here = os.openpty()
        self.file = open(self.here, "w", closefd=False)  # noqa: SIM115
        monkeypatch.setattr(sys, "__stdin__", self.file)
        monkeypatch.setattr(sys, "__stderr__", self.file)
        self.ends = 0
        self.taken: list[Message] = []
        self.has_come = threading.Event()
        self.driver = TerminalDriver(App(), self._end, debug=False, mouse=False, size=None)
        monkeypatch.setattr(self.driver, "process_message", self._take)

    def _end(self) -> None:
        self.ends += 1

    def _take(self, message: Message) -> None:
        self.taken.append(message)
        self.has_come.set()

    def read(self) -> bytes:
        """What the terminal has got."""
        data = b""
        while select.select([self.there], [], [], 0)[0]:
            data += os.read(self.there, 65536)
        return data

    def hang_up(self) -> None:
        os.close(self.there)
        self.there = -1

    def close(self) -> None:
        nowhere = os.open(os.devnull, os.O_RDWR)
        os.dup2(nowhere, self.here)  # what was not taken is lost, and no error any more
        self.file.close()
        for descriptor in (nowhere, self.here, self.there):
            with suppress(OSError):
                os.close(descriptor)


@pytest_asyncio.fixture
async def line(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Line]:
    before = {number: signal.getsignal(number) for number in (signal.SIGTSTP, signal.SIGCONT)}
    line = Line(monkeypatch)
    yield line
    line.close()
    for number, handler in before.items():
        signal.signal(number, handler)


def reading(line: Line) -> threading.Thread:
    """Input is taken, on a thread as Textual has it."""
    tty.setraw(line.here)
    thread = threading.Thread(target=line.driver.run_input_thread, daemon=True)
    thread.start()
    return thread


async def test_keys_come_until_the_terminal_is_gone(line: Line) -> None:
    thread = reading(line)
    os.write(line.there, b"\xffq")
    assert await asyncio.to_thread(line.has_come.wait, LIMIT)
    assert [message.key for message in line.taken if isinstance(message, Key)] == ["q"]
    assert line.ends == 0
    line.hang_up()
    thread.join(LIMIT)
    assert (thread.is_alive(), line.ends) == (False, 1)


async def test_a_terminal_that_cannot_be_read_is_gone(line: Line) -> None:
    line.driver.fileno = -1  # any error will do
    assert line.driver._read() == b""


async def test_input_that_is_to_end_does_not_mean_that_the_terminal_is_gone(line: Line) -> None:
    thread = reading(line)
    line.driver.exit_event.set()
    thread.join(LIMIT)
    assert (thread.is_alive(), line.ends) == (False, 0)


async def test_a_terminal_that_takes_no_more_is_told_once_and_the_writer_goes_on(line: Line) -> None:
    writer = WriterThread(line.driver._file)
    writer.start()
    writer.write("hello")
    line.hang_up()
    for _ in range(3):
        writer.write("x" * 10_000)
    await asyncio.wait_for(asyncio.to_thread(writer.stop), LIMIT)
    assert line.ends == 1


async def test_a_terminal_is_left_as_it_was_found(line: Line) -> None:
    before = termios.tcgetattr(line.here)
    line.driver.attrs_before = before
    tty.setraw(line.here)
    assert termios.tcgetattr(line.here) != before
    line.driver.restore()
    assert termios.tcgetattr(line.here) == before
    told = line.read()
    for mode in (b"1049l", b"2026l", b"1003l", b"2004l", b"25h"):
        assert b"\x1b[?" + mode in told
    assert told.endswith(b"\x1b[0m")


async def test_nobody_who_reads_holds_that_up(line: Line) -> None:
    before = termios.tcgetattr(line.here)
    line.driver.attrs_before = before
    tty.setraw(line.here)
    os.set_blocking(line.here, False)
    with suppress(BlockingIOError):
        while True:
            os.write(line.here, b"x" * 4096)
    os.set_blocking(line.here, True)
    await asyncio.wait_for(asyncio.to_thread(line.driver.restore), LIMIT)
    assert termios.tcgetattr(line.here) == before


async def test_a_terminal_that_is_gone_cannot_be_restored_and_that_is_no_error(line: Line) -> None:
    line.driver.attrs_before = termios.tcgetattr(line.here)
    line.hang_up()
    line.driver.restore()
    assert line.ends == 0


async def test_no_size_is_larger_than_can_be_drawn(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "1000000")
    monkeypatch.setenv("LINES", "24")
    assert line.driver._get_terminal_size() == (LARGEST[0], 24)
