"""A terminal of 160 × 48 as a person sees it."""

from __future__ import annotations

import re

import pyte

COLUMNS, ROWS = 160, 48

_EPOCH = re.compile(r"epoch +(\d+) /")


class Screen:
    """What is on screen after all that was fed."""

    def __init__(self) -> None:
        self._emulated = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self._emulated)
        self._lines = [""] * ROWS

    def feed(self, data: bytes) -> None:
        self._stream.feed(data)
        for row in self._emulated.dirty:  # rendering all lines after every piece would take minutes
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

    def __str__(self) -> str:
        return "\n".join(line.rstrip() for line in self._lines)
