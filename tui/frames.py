"""When to draw: at most so many times a second, and never without need."""

from __future__ import annotations

import time
from collections.abc import Callable


class Frames:
    """Turns any number of requests into few drawings. No timer runs while nothing is requested.

    draw: draws.
    fps: at most that many times a second.
    after: calls a function after that many seconds (Textual's `set_timer`).
    """

    def __init__(
        self,
        draw: Callable[[], None],
        fps: int,
        after: Callable[[float, Callable[[], None]], object],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._draw = draw
        self._interval = 1 / fps
        self._after = after
        self._clock = clock
        self._due = 0.0
        self._dirty = False
        self._waiting = False

    def request(self) -> None:
        """Draw when the next frame is due."""
        self._dirty = True
        wait = self._due - self._clock()
        if self._waiting:
            return
        if wait <= 0:
            self.draw_now()
        else:
            self._waiting = True
            self._after(wait, self._on_time)

    def draw_now(self) -> None:
        """Draw at once: somebody has pressed a key and waits for it to show."""
        self._dirty = False
        self._due = self._clock() + self._interval
        self._draw()

    def _on_time(self) -> None:
        self._waiting = False
        if self._dirty:
            self.draw_now()
