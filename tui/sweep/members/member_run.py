"""A member of a sweep as a run of its own: its name, where it is on disk, and whether it ended in the same bits."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lstm_engine.errors import UserError
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns, History
from lstm_engine.store.directory import RECORD, read_history, read_record
from lstm_engine.sweep.results import Floats, Results
from lstm_engine.sweep.settings import Member
from lstm_engine.text import printable


@dataclass(frozen=True)
class MemberRun:
    """name: the run's. config: its settings. epoch: that it is compared at. words: which member it is.

    weights: those that the sweep has at that epoch, shape (12,).
    """

    sweep: str
    name: str
    config: RunConfig
    epoch: int
    words: str
    weights: Floats

    @classmethod
    def of(cls, sweep: str, results: Results, number: int) -> MemberRun:
        """Member number `number` of the sweep of that name. Raises UserError where it was not trained yet."""
        member = results.settings.member(number)
        words = f"seed {member.seed}, {member.init}, lr {member.lr:g}"
        epoch = int(results.reached[number])
        if not epoch:
            raise UserError(f"{words} is at epoch 0: there is nothing of it to look at yet")
        return cls(
            sweep, run_name(sweep, member), results.settings.config(member), epoch, words, results.weights[:, number]
        )

    def found(self, root: Path) -> History | None:
        """What there is of it under `root`; None where there is nothing. Raises UserError where something else is."""
        place = root / self.name
        try:
            is_there, is_run = place.exists(), (place / RECORD).exists()
        except OSError as error:
            raise UserError(f"{printable(str(place))} can be no run ({error.strerror}): expected a folder") from error
        if not is_there:
            return None
        record = read_record(place) if is_run else None
        if record is None or record.config != self.config or record.parent is not None:
            raise UserError(f"{printable(str(place))} is there, and not this member's: rename or remove it first")
        return read_history(place, Columns.of(self.config))

    def is_same(self, history: History) -> bool:
        """Whether the run came to the same bits at that epoch. history: of so many epochs at least."""
        return not differing(self.weights, history.parameters_at(self.epoch)).any()

    def compared(self, history: History) -> str:
        """The same in a sentence."""
        found = agreement(self.weights, history.parameters_at(self.epoch))
        return f"{self.words}: {found} {self.sweep} at epoch {self.epoch:,}"


def run_name(sweep: str, member: Member) -> str:
    """What the run of a member is called."""
    lr = repr(member.lr).replace("+", "")  # 1e+16 would be no name
    return f"{sweep}-{member.init}-{lr}-seed{member.seed}"


def differing(of_sweep: Floats, of_run: Floats) -> NDArray[np.bool_]:
    """Which parameters have other bits. What is not finite is NaN in a run's history, and so is the same in both."""
    one, other = (np.where(np.isfinite(part), part, np.float32(np.nan)) for part in (of_sweep, of_run))
    found: NDArray[np.bool_] = one.view(np.int32) != other.view(np.int32)
    return found


def agreement(of_sweep: Floats, of_run: Floats) -> str:
    """How many parameters have other bits, and how far they are apart, in words before the sweep's name."""
    differ = differing(of_sweep, of_run)
    if not differ.any():
        return "same bits as in the sweep"
    apart = np.abs(of_sweep[differ].astype(np.float64) - of_run[differ])
    most = np.nan_to_num(apart, nan=np.inf).max()
    return (
        f"{int(differ.sum())} of {len(differ)} parameters differ, by at most {most:.1e}, as another processor may "
        "compute the last bits otherwise, from those in the sweep"
    )
