"""What was on screen when: the bytes that came, fed to a terminal emulator afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from tests.benchmarks.screen import Screen
from tests.benchmarks.terminal import Chunk


def replayed(chunks: Iterable[Chunk]) -> Iterator[tuple[float, Screen]]:
    """When something came, and the screen after it; the same Screen every time."""
    screen = Screen()
    for chunk in chunks:
        screen.feed(chunk.data)
        yield chunk.at, screen


def first_seen(chunks: Iterable[Chunk], condition: Callable[[Screen], bool]) -> float | None:
    """When a condition was first met; None where it never was."""
    return next((at for at, screen in replayed(chunks) if condition(screen)), None)
