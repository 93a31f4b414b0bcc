"""A program in a pseudo-terminal that costs as little as possible while it is watched.

What comes in is kept with its time and looked at as bytes; what a person would have seen at any instant is worked out
afterwards, by replaying it, so that the emulator takes no processor time from what is measured.
"""

from __future__ import annotations

import os
import re
import select
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import ptyprocess  # type: ignore[import-untyped]

from tests.benchmarks.screen import COLUMNS, ROWS, Screen

#: Seconds after which the screen is looked at where the bytes of a text have not come.
_LOOK_EVERY = 0.5
#: Only a defect takes that many seconds.
PATIENCE = 60.0
#: Around every frame, since this terminal says that it knows synchronised output, as current ones do.
FRAME_BEGINS = b"\x1b[?2026h"

#: What programs ask a terminal, and what it says: mode 2026, cursor position, status, device.
_ANSWERS = (
    (re.compile(rb"\x1b\[\?2026\$p"), b"\x1b[?2026;2$y"),
    (re.compile(rb"\x1b\[6n"), b"\x1b[1;1R"),
    (re.compile(rb"\x1b\[5n"), b"\x1b[0n"),
    (re.compile(rb"\x1b\[c"), b"\x1b[?62;22c"),
)

_LONGEST_QUESTION = 16

#: Bytes that a slow link hands over at once.
_PACKET = 256


class TooLateError(Exception):
    """What was waited for did not come; the text shows the screen."""


@dataclass(frozen=True)
class Chunk:
    """at: `time.monotonic()` when it was read."""

    at: float
    data: bytes

    @property
    def frames(self) -> int:
        """How many frames begin in it."""
        return self.data.count(FRAME_BEGINS)


def lstm_tui(*arguments: str) -> list[str]:
    """The command line of the installed program."""
    return [str(Path(sys.executable).with_name("lstm-tui")), *arguments]


def environment() -> dict[str, str]:
    """That of a current terminal, without what would change the dashboard."""
    unwanted = ("TEXTUAL", "NO_COLOR", "COLUMNS", "LINES")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(unwanted)}
    return kept | {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}


class Terminal:
    """A program in a terminal of 160 × 48; killed when the `with` block is left.

    begun: when it was started. chunks: all that came.
    rate: bytes a second that the link to the terminal carries; None is as fast as it comes. May be set at any time.
    """

    def __init__(self, command: Sequence[str], folder: Path) -> None:
        self.chunks: list[Chunk] = []
        self.rate: float | None = None
        self._received = bytearray()
        self._screen, self._shown = Screen(), 0
        self._carried_until = 0.0
        self.begun = time.monotonic()
        self._process = ptyprocess.PtyProcess.spawn(
            list(command), cwd=str(folder), env=environment(), dimensions=(ROWS, COLUMNS)
        )
        self.pid: int = self._process.pid

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self._process.close(force=True)

    @property
    def received(self) -> bytes | bytearray:
        """All that has come."""
        return self._received

    @property
    def size(self) -> int:
        """How many bytes have come."""
        return len(self._received)

    @staticmethod
    def now() -> float:
        """On the clock of the chunks."""
        return time.monotonic()

    def press(self, key: str) -> float:
        """Returns when."""
        at = time.monotonic()
        os.write(self._process.fd, key.encode())
        return at

    def wait_for(self, text: str, since: int = 0, patience: float = PATIENCE) -> float:
        """When `text` had come in what came from byte `since` on, or was seen on screen. Raises TooLateError.

        Looking for its bytes costs next to nothing. Where a program sends no more of it than differs from what was
        there, they never come: so now and then the screen is worked out, too.
        """
        wanted, end = text.encode(), time.monotonic() + patience
        searched, look_again = since, time.monotonic() + _LOOK_EVERY
        while self._received.find(wanted, searched) < 0:
            searched = max(since, len(self._received) - len(wanted))
            read = self._read(min(end, look_again))
            if time.monotonic() >= look_again or self._ended:
                seen = self._seen(text)
                if seen is not None:
                    return seen
                look_again = time.monotonic() + _LOOK_EVERY
            if not read and (self._ended or time.monotonic() >= end):
                raise TooLateError(f"waited {patience:g} s for {text!r}; the screen shows\n{self.screen()}")
        return self.chunks[-1].at

    def read_for(self, seconds: float) -> int:
        """Reads that long; returns how many bytes came."""
        before, end = self.size, time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if not self._read(end) and self._ended:
                time.sleep(left)
        return self.size - before

    def wait_for_end(self, patience: float = PATIENCE) -> float:
        """When the process had ended. Raises TooLateError."""
        end = time.monotonic() + patience
        while self._read(end):
            pass
        if not self._ended:
            raise TooLateError(f"the program is still there; the screen shows\n{self.screen()}")
        self._process.wait()
        return time.monotonic()

    def screen(self) -> Screen:
        """What a person sees now."""
        for chunk in self.chunks[self._shown :]:
            self._screen.feed(chunk.data)
        self._shown = len(self.chunks)
        return self._screen

    def _seen(self, text: str) -> float | None:
        """When `text` was first on screen since somebody looked; None where it is not."""
        for chunk in self.chunks[self._shown :]:
            self._screen.feed(chunk.data)
            self._shown += 1
            if self._screen.shows(text):
                return chunk.at
        return self.chunks[-1].at if self._screen.shows(text) else None

    @property
    def _ended(self) -> bool:
        return bool(self._process.flag_eof)

    def _read(self, end: float) -> bool:
        """Reads what comes next; False where the program has ended or the time is up."""
        if self._ended:
            return False
        most = 1 << 16 if self.rate is None else self._carried(end)
        ready, _, _ = select.select([self._process.fd], [], [], max(0.0, end - time.monotonic()))
        if not ready or not most:
            return False
        try:
            data = os.read(self._process.fd, most)
        except OSError:
            data = b""
        if not data:
            self._process.flag_eof = True
            return False
        self.chunks.append(Chunk(time.monotonic(), data))
        self._received += data
        self._answer(len(data))
        return True

    def _answer(self, new: int) -> None:
        """Answer the questions that end in the last `new` bytes; a packet may end in the middle of one."""
        begin = max(0, self.size - new - _LONGEST_QUESTION)
        for question, answer in _ANSWERS:
            for found in question.finditer(self._received, begin):
                if found.end() > self.size - new:
                    os.write(self._process.fd, answer)

    def _carried(self, end: float) -> int:
        """Waits until the slow link has carried its next packet, `end` at most; returns the packet's size."""
        assert self.rate is not None
        now = time.monotonic()
        self._carried_until = max(self._carried_until, now - _PACKET / self.rate) + _PACKET / self.rate
        if self._carried_until >= end:
            time.sleep(max(0.0, end - now))
            return 0
        time.sleep(max(0.0, self._carried_until - now))
        return _PACKET
