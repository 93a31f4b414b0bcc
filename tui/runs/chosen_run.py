"""What was chosen from the list of runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lstm_engine.listing.run_entry import RunKind


@dataclass(frozen=True)
class ChosenRun:
    """A run to open. source: its directory, or the path of one of its checkpoints. kind: which screen it is for."""

    source: str
    kind: RunKind = "lstm"
