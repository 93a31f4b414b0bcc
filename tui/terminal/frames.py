"""When to draw: at most so many times a second, and never without need."""

from __future__ import annotations

import time
from collections.abc import Callable


class Frames:
    """Turns any number of requests into few drawings. No timer runs while nothing is requested.

    draw: draws.
    fps: at most that many times a second.
    after: calls a function after that many seconds, also where there are none left; never forgets to.
    is_clear: whether the last drawing has arrived at the terminal; the next one waits for that, unless a key asks.
    """

    def __init__(
        self,
        draw: Callable[[], None],
        fps: int,
        after: Callable[[float, Callable[[], None]], object],
        clock: Callable[[], float] = time.monotonic,
        is_clear: Callable[[], bool] = lambda: True,
    ) -> None:
        self._draw = draw
        self._is_clear = is_clear
        self._interval = 1 / fps
        self._after = after
        self._clock = clock
        self._due = 0.0
        self._dirty = False
        self._waiting = False

    @property
    def is_idle(self) -> bool:
        """Whether all that was requested is drawn."""
        return not self._dirty

    def request(self) -> None:
        """Draw when the next frame is due."""
        self._dirty = True
        if not self._waiting:
            self._draw_when_due()

    def go_on(self) -> None:
        """What was drawn has arrived: draw what has been put off meanwhile."""
        if self._dirty and self._clock() >= self._due:
            self._begin()

    def draw_now(self) -> None:
        """Draw at once what was requested: somebody has pressed a key and waits for it to show."""
        if self._dirty:
            self._begin()

    def _begin(self) -> None:
        self._dirty = False
        self._due = self._clock() + self._interval
        self._draw()

    def _on_time(self) -> None:
        self._waiting = False
        if self._dirty:
            self._draw_when_due()

    def _draw_when_due(self) -> None:
        wait = self._due - self._clock()
        if wait <= 0 and self._is_clear():
            self._begin()
        else:
            self._waiting = True
            self._after(wait if wait > 0 else self._interval, self._on_time)
