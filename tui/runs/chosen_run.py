"""What was chosen to be opened in place of the run on screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from lstm_engine.listing.run_entry import RunKind


@dataclass(frozen=True)
class ChosenRun:
    """A run or a sweep to open, or several runs together. kind: which screen it is for, `logs` for several.

    source: its directory, or the path of one of a run's checkpoints; of several, the folder that they lie in.
    runs: the names of several.
    """

    source: str
    kind: RunKind | Literal["sweep", "logs"] = "lstm"
    runs: tuple[str, ...] = ()
