"""What was chosen to be opened in place of the run on screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from lstm_engine.listing.run_entry import RunKind


@dataclass(frozen=True)
class ChosenRun:
    """A run or a sweep to open. kind: which screen it is for.

    source: its directory, or the path of one of a run's checkpoints.
    """

    source: str
    kind: RunKind | Literal["sweep"] = "lstm"
