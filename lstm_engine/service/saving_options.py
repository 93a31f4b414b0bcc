"""How runs are saved, as the command line of the engine says."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lstm_engine.run.records import OnHangup


@dataclass(frozen=True)
class SavingOptions:
    """checkpoints: the folder of all runs. save_every: seconds between saves. keep: how many timed checkpoints.

    on_hangup: what becomes of training when nobody attends any more; None where it was not said, and the run knows.
    """

    checkpoints: Path
    save_every: float = 1.0
    keep: int = 5
    on_hangup: OnHangup | None = None

    def __post_init__(self) -> None:
        # Every path that the engine tells is made of this one, and has to lead there from any directory.
        object.__setattr__(self, "checkpoints", self.checkpoints.absolute())
