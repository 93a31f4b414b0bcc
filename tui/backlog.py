"""What has been sent to the terminal and may not have arrived: over a slow link frames have to wait for it.

No count of bytes tells: Textual's writer, the kernel, SSH and the network each hold some, and the kernel says of a
pseudo-terminal that it holds nothing. So the terminal itself is asked, behind every frame, whether it knows
synchronised output; when it answers, it has come that far. It is a question that Textual asks anyway, and a terminal
that has not answered it at the start is not asked again.
"""

from __future__ import annotations

from collections.abc import Callable

_QUESTION = "\x1b[?2026$p"
#: Seconds after which an answer is given up: it was lost, or another program has it.
_PATIENCE = 3.0
#: A frame that takes as many seconds to arrive would keep a key waiting.
_SLOW = 0.1


class Backlog:
    """The questions that are on their way.

    write: sends text to the terminal, behind what was sent before.
    on_clear: called when everything sent has arrived.
    is_slow: what was sent last took its time to arrive: send less at once.
    """

    def __init__(
        self, write: Callable[[str], object], on_clear: Callable[[], None], clock: Callable[[], float]
    ) -> None:
        self._write = write
        self._on_clear = on_clear
        self._clock = clock
        self._is_answering = False
        self._asked: list[float] = []
        self.is_slow = False

    def ask(self) -> None:
        """Have the terminal say when it has come this far."""
        if self._is_answering:
            self._asked.append(self._clock())
            self._write(_QUESTION)

    def answered(self) -> None:
        """The terminal has answered, the first time to a question of Textual's."""
        self._is_answering = True
        if self._asked:
            taken = self._clock() - self._asked.pop(0)
            self.is_slow = taken > (_SLOW / 4 if self.is_slow else _SLOW)  # or small frames would look fast
            if not self._asked:
                self._on_clear()

    @property
    def is_clear(self) -> bool:
        """Whether all that was sent has arrived, as far as one can tell."""
        if self._asked and self._clock() - self._asked[-1] > _PATIENCE:
            self._asked.clear()
        return not self._asked
