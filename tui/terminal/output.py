"""All that is sent to the terminal: what is painted, how much of it at once, and when the next frame is drawn."""

from __future__ import annotations

import time
from collections.abc import Callable

from tui.terminal.backlog import PATIENCE, Backlog
from tui.terminal.frames import Frames
from tui.terminal.painting import Painting

#: Seconds between two looks whether the terminal has answered.
_POLL = 0.02
#: Seconds that the terminal has to answer before it is left without.
_FAREWELL = 0.3


class Output:
    """Draws no more, and sends no more at once, than the link to the terminal carries.

    write: sends text to the terminal. draw: draws the session. fps: at most that many times a second.
    after: calls a function after that many seconds, also where there are none left; never forgets to.
    """

    def __init__(
        self,
        write: Callable[[str], object],
        draw: Callable[[], None],
        fps: int,
        after: Callable[[float, Callable[[], None]], object],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._write = write
        self._after = after
        self._backlog = Backlog(write, self._go_on, clock)
        self._painting = Painting(self._room)
        self._frames = Frames(draw, fps, after, clock, is_clear=self._has_arrived)
        self._is_silent = False
        self._is_rescue_on_its_way = False

    def take_over(self) -> None:
        """From now on Textual's updates are painted here."""
        self._painting.install()

    # --- drawing -----------------------------------------------------------------------------------------------------

    @property
    def is_drawn(self) -> bool:
        """Whether all that was requested is drawn."""
        return self._frames.is_idle

    def request_frame(self) -> None:
        """Draw when the next frame is due."""
        self._frames.request()

    def draw_now(self) -> None:
        """Draw at once what was requested: a key waits for it."""
        self._frames.draw_now()

    def send(self, text: str) -> None:
        """Send what is no part of a picture, behind all that was sent before."""
        self._write(text)
        self._ask(len(text.encode()))

    # --- what the app passes on --------------------------------------------------------------------------------------

    def displayed(self) -> None:
        """Textual has sent an update."""
        self._ask(self._painting.sent())

    def answered(self) -> None:
        """The terminal has come as far as it was asked to say."""
        self._backlog.answered()

    def resized(self) -> None:
        """A terminal that was smaller for a moment, or that was left and is back, has lost what stood there."""
        self._painting.forget()

    def resumed(self) -> None:
        """Another program had the terminal, and may have had its answers."""
        self._backlog.lose_track()

    # --- its end -----------------------------------------------------------------------------------------------------

    def ask_no_more(self) -> None:
        """The program ends soon: from now on an answer could come to the shell."""
        self._is_silent = True

    def when_answered(self, call: Callable[[], object], patience: float = _FAREWELL) -> None:
        """Call when the terminal has answered, so that its answers do not come to the shell; or after a while."""
        self._backlog.pause()
        if self._backlog.is_clear or patience <= 0:
            call()
        else:
            self._after(_POLL, lambda: self.when_answered(call, patience - _POLL))

    # --- a slow link -------------------------------------------------------------------------------------------------

    def _room(self) -> int | None:
        return self._backlog.room

    def _has_arrived(self) -> bool:
        return self._backlog.is_clear and self._painting.is_complete

    def _ask(self, size: int) -> None:
        """Have the terminal say when it has come so far; should its answer be lost, go on without."""
        if size and not self._is_silent:
            self._backlog.ask(size)
        if not self._painting.is_complete and not self._is_rescue_on_its_way:
            self._is_rescue_on_its_way = True
            self._after(PATIENCE, self._come_to_the_rescue)

    def _come_to_the_rescue(self) -> None:
        self._is_rescue_on_its_way = False
        if self._backlog.is_clear:
            self._go_on()
        else:
            self._ask(0)

    def _go_on(self) -> None:
        """What was sent has arrived: send what waits, then draw what has been put off meanwhile."""
        if self._painting.is_complete:
            self._frames.go_on()
        else:
            self._write(self._painting.go_on())
            self._ask(self._painting.sent())
