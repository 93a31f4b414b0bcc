"""An epoch of a model of prices that is computed again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Recomputing:
    """directory: of the run. epoch: which one, by completed ones.

    done, count: how many epochs of how many are computed on the way there; count is 0 before that is known.
    """

    directory: Path
    epoch: int
    done: int = 0
    count: int = 0

    @property
    def words(self) -> str:
        """How far it is."""
        how_far = f", {self.done:,} of {self.count:,}" if self.count else ""
        return f"computing epoch {self.epoch:,} exactly{how_far}"
