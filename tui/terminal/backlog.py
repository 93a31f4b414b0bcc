"""What has been sent to the terminal and may not have arrived, and how much to send at once.

No count of bytes tells what has arrived: Textual's writer, the kernel, SSH and the network each hold some, and the
kernel says of a pseudo-terminal that it holds nothing. So the terminal itself is asked, behind everything that is
sent, whether it knows synchronised output; when it answers, it has come that far. It is a question that Textual asks
anyway, and a terminal that has not answered it at the start is not asked again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

_QUESTION = "\x1b[?2026$p"
#: Seconds after which an answer is given up: it was lost, or another program has it.
PATIENCE = 3.0
#: A key waits for what is on its way: what takes longer to arrive than this, in seconds, was too much at once.
_SLOW = 0.035
#: How long, in seconds, what is sent at once shall take on a slow link.
_SHARE = 0.02
#: Bytes: less than that at once is mostly cursor movements; and what need not be divided.
_LEAST, _MOST = 200, 16384
#: Answers after which older ones begin to be forgotten.
_GENERATION = 200


@dataclass(frozen=True)
class _Sent:
    """at: when. size: its bytes. ahead: those and all that were still on their way."""

    at: float
    size: int
    ahead: int


class Backlog:
    """The questions that are on their way, and what their answers tell of the link.

    write: sends text to the terminal, behind what was sent before.
    on_clear: called when everything sent has arrived.
    """

    def __init__(
        self, write: Callable[[str], object], on_clear: Callable[[], None], clock: Callable[[], float]
    ) -> None:
        self._write = write
        self._on_clear = on_clear
        self._clock = clock
        self._is_answering = False
        self._asked: list[_Sent] = []
        self._silent_until = float("-inf")
        self._round_trips = [float("inf"), float("inf")]
        self._answers = 0
        self._was_slow = False
        self._at_once: float | None = None

    def ask(self, size: int) -> None:
        """Have the terminal say when it has come this far, after `size` bytes."""
        if self._is_answering and self._clock() >= self._silent_until:
            self._asked.append(_Sent(self._clock(), size, size + self._on_their_way))
            self._write(_QUESTION)

    def answered(self) -> None:
        """The terminal has answered, the first time to a question of Textual's."""
        self._is_answering = True
        if self._asked:
            sent = self._asked.pop(0)
            taken = self._clock() - sent.at
            self._learn(sent.ahead, taken - self._quickest(taken))
            if not self._asked:
                self._on_clear()

    @property
    def is_clear(self) -> bool:
        """Whether all that was sent has arrived, as far as one can tell."""
        if self._asked and self._clock() - self._asked[-1].at > PATIENCE:
            self.lose_track()
        return not self._asked

    def pause(self) -> None:
        """Ask no more: the answers would come to another program."""
        self._silent_until = float("inf")

    def lose_track(self) -> None:
        """Answers were lost or are not ours: begin anew when those that may still come have come.

        Nothing in an answer says which question it is for. One too many, and all that follow would seem early.
        """
        self._asked.clear()
        self._silent_until = self._clock() + PATIENCE

    @property
    def room(self) -> int | None:
        """How many bytes may be sent now, so that none wait long for those before them; None where any may."""
        if self._at_once is None:
            return None
        return max(0, round(2 * self._at_once) - self._on_their_way) if self._asked else round(self._at_once)

    @property
    def _on_their_way(self) -> int:
        return sum(sent.size for sent in self._asked)

    def _quickest(self, taken: float) -> float:
        """How long an answer takes at least: the quickest of the last few hundred, for a link may change."""
        self._answers += 1
        if self._answers % _GENERATION == 0:
            self._round_trips = [self._round_trips[1], float("inf")]
        self._round_trips[1] = min(self._round_trips[1], taken)
        return min(self._round_trips)

    def _learn(self, size: int, seconds: float) -> None:
        """Find the size that arrives soon: from what took too long, and by trying more while it does not.

        seconds: without the round trip of the quickest answer, for a far terminal is not a slow link.
        """
        if seconds <= _SLOW:
            self._was_slow = False
            if self._at_once is not None:
                self._at_once = self._at_once * 2 if self._at_once * 2 <= _MOST else None
        elif self._was_slow or self._at_once is not None:
            self._at_once = max(_LEAST, size / seconds * _SHARE)
        else:
            self._was_slow = True  # once may be a busy machine's fault
