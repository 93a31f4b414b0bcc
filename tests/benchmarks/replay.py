"""What was on screen when: the bytes that came, fed to a terminal emulator afterwards."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

import pyte

from tests.benchmarks.terminal import COLUMNS, ROWS, Chunk

_EPOCH = re.compile(r"epoch +(\d+) /")


class Screen:
    """The screen at one instant of the replay."""

    def __init__(self) -> None:
        self._emulated = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self._emulated)
        self._lines = [""] * ROWS

    def feed(self, data: bytes) -> None:
        self._stream.feed(data)
        for row in self._emulated.dirty:  # rendering all lines after every chunk would take minutes
            if row < ROWS:
                cells = self._emulated.buffer[row]
                self._lines[row] = "".join(cells[column].data for column in range(COLUMNS))
        self._emulated.dirty.clear()

    @property
    def lines(self) -> list[str]:
        return self._lines

    def shows(self, text: str) -> bool:
        """Whether one of the lines holds `text`."""
        return any(text in line for line in self._lines)

    def epoch(self) -> int:
        """The epoch in the status line; -1 where there is none."""
        found = next((match for line in self._lines if (match := _EPOCH.search(line))), None)
        return int(found[1]) if found else -1


def replayed(chunks: Iterable[Chunk]) -> Iterator[tuple[float, Screen]]:
    """When something came, and the screen after it; the same Screen every time."""
    screen = Screen()
    for chunk in chunks:
        screen.feed(chunk.data)
        yield chunk.at, screen


def first_seen(chunks: Iterable[Chunk], condition: Callable[[Screen], bool]) -> float | None:
    """When a condition was first met; None where it never was."""
    return next((at for at, screen in replayed(chunks) if condition(screen)), None)
