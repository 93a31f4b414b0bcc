"""What is known of a run beside its settings: its lineage, its checkpoints, its stages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import msgspec

#: Why a checkpoint was written: by the clock, at a pause, at the end of a stage, or because the user asked for it.
SaveReason = Literal["timed", "pause", "stage", "user"]

#: What becomes of training when nobody attends it any more: it goes on to its target, or ends after the epoch. Either
#: way it is saved.
OnHangup = Literal["continue", "stop"]

#: What is going on in a run, or was when it was saved.
RunState = Literal["training", "paused", "finished", "failed"]


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


def target_from(epoch: int, stages: Sequence[Stage]) -> int:
    """Where a run goes on to that went through `stages` and stands at `epoch`: its last target, if still ahead."""
    return max([epoch, *(stage.target for stage in stages[-1:])])


def resumes_after(resumes: Sequence[int], epoch: int, *, resumed: bool) -> tuple[int, ...]:
    """The epochs at which training went on with a new Trainer, ascending, once another one starts at `epoch`.

    Args:
        resumes: those until then.
        resumed: it goes on from a checkpoint.
    """
    kept = tuple(start for start in resumes if start < epoch)
    return (*kept, epoch) if resumed and epoch > 0 else kept


class Parent(msgspec.Struct, frozen=True):
    """Where a branch came from: the parent run's name and the epoch it was left at.

    changed: parameters that it began with in place of the parent's, by name.
    """

    run: str
    epoch: int
    changed: dict[str, float] = {}
