"""What is known of a run beside its settings: its lineage, its checkpoints, its stages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import msgspec


@dataclass(frozen=True)
class CheckpointRecord:
    """A checkpoint as it was when written.

    file: its name in the run's directory. epoch: completed epochs. sha256: of its bytes, hexadecimal.
    """

    file: str
    epoch: int
    sha256: str
    reason: SaveReason


@dataclass(frozen=True)
class Stage:
    """One Trainer's stretch: from `start` completed epochs towards `target`."""

    start: int
    target: int


class Parent(msgspec.Struct, frozen=True):
    """Where a branch came from: the parent run's name and the epoch it was left at.

    changed: parameters that it began with in place of the parent's, by name.
    """

    run: str
    epoch: int
    changed: dict[str, float] = {}


SaveReason = Literal["timed", "pause", "stage", "user"]
