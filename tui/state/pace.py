"""How fast training goes, and how long it will take."""

from __future__ import annotations

from dataclasses import dataclass

#: Seconds of training that the speed is averaged over: long enough to stand still, short enough to be true.
WINDOW = 3.0
#: Seconds to measure before a speed is told.
ENOUGH = 0.25


@dataclass(frozen=True)
class Pace:
    """The speed over the last seconds of training.

    The first batch of a Trainer is left out: it holds the warm-up (first steps allocate, first epochs fill caches),
    which would make the time left look longer than it is.

    batches: (epochs, seconds) of the batches measured, oldest first.
    """

    warm: bool = False
    batches: tuple[tuple[int, float], ...] = ()

    def after(self, epochs: int, seconds: float) -> Pace:
        """The pace once a batch of `epochs` that took `seconds` has come in."""
        if not self.warm:
            return Pace(warm=True)
        batches = (*self.batches, (epochs, seconds))
        total = sum(taken for _, taken in batches)
        while len(batches) > 1 and total - batches[0][1] >= WINDOW:
            total -= batches[0][1]
            batches = batches[1:]
        return Pace(warm=True, batches=batches)

    @property
    def per_second(self) -> float | None:
        """Epochs per second; None where too little was measured."""
        seconds = sum(taken for _, taken in self.batches)
        if seconds < ENOUGH:
            return None
        return sum(epochs for epochs, _ in self.batches) / seconds

    def seconds_left(self, epochs: int) -> float | None:
        """How long `epochs` more will take; None where too little was measured."""
        speed = self.per_second
        return None if not speed else epochs / speed
