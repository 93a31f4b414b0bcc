"""Where a sweep stands, as frozen data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lstm_engine.sweep.results import Results
from lstm_engine.sweep.settings import SweepSettings

State = Literal["starting", "training", "pausing", "paused", "finished", "failed"]


@dataclass(frozen=True)
class Standing:
    """name: the sweep's. epoch: of its slowest member. rate: epochs of a member a second; 0 where that is not known.

    results: what was saved last; None before that. problem: why it failed, or cannot be read; empty for neither.
    """

    name: str
    settings: SweepSettings
    state: State = "starting"
    epoch: int = 0
    rate: float = 0.0
    results: Results | None = None
    problem: str = ""

    @property
    def seconds_left(self) -> float | None:
        """Until all members are there; None where that is not known."""
        if self.state != "training" or not self.rate:
            return None
        return (self.settings.epochs - self.epoch) * self.settings.count / self.rate
