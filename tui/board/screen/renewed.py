"""Reads a file again while somebody looks at what is in it: beside the keys, as often as it is new."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any, Generic, Protocol, TypeVar

from textual.dom import DOMNode

from tui.terminal.beside import run_beside

#: Seconds between two readings, at least; and of what one took, how many times as long nothing is read behind it.
_EVERY, _REST = 0.5, 4.0
#: How many times as long it waits where little is shown of it.
_AT_EASE = 5

Found = TypeVar("Found")


class Host(Protocol):
    """The screen that it is shown on."""

    @property
    def panel(self) -> DOMNode:
        """As long as it is there, it is read."""


class Renewed(Generic[Found]):
    """found: what was read last; None before anything was."""

    def __init__(self, host: Host, draw: Callable[[], None], read: Callable[[Any], Found]) -> None:
        """read: given a mark, reads what is there, on a thread. draw: called when something was read."""
        self.found: Found | None = None
        self._host = host
        self._draw = draw
        self._read = read
        self._mark: object = None
        self._is_busy = False

    def watch(self, mark: object, *, at_ease: bool = False) -> None:
        """Have it read, where the mark is another one than that of the last reading. To be called again and again.

        at_ease: less often, for what stands in a corner of the screen.
        """
        if mark != self._mark and not self._is_busy:
            self._is_busy = True
            run_beside(self._host.panel, lambda: self._renew(mark, _AT_EASE if at_ease else 1))

    async def _renew(self, mark: object, times: int) -> None:
        begun = time.monotonic()
        self.found, self._mark = await asyncio.to_thread(self._read, mark), mark
        self._draw()
        await asyncio.sleep(times * max(_EVERY, _REST * (time.monotonic() - begun)))
        self._is_busy = False
        self._draw()
