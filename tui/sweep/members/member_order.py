"""What a list of members is sorted by. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from lstm_engine.sweep.results import Results

SortBy = Literal["loss", "seed", "lr", "init"]
SORTS: tuple[SortBy, ...] = get_args(SortBy)


@dataclass(frozen=True)
class MemberOrder:
    """falls: the largest comes first."""

    by: SortBy = "loss"
    falls: bool = False

    def next(self) -> MemberOrder:
        """By what comes after that."""
        return MemberOrder(SORTS[(SORTS.index(self.by) + 1) % len(SORTS)])

    def reversed(self) -> MemberOrder:
        return replace(self, falls=not self.falls)

    def sorted(self, results: Results, members: NDArray[np.int64]) -> NDArray[np.int64]:
        """The numbers of these members in this order; a loss that is not finite comes last either way."""
        values = _values(self.by, results, members)
        values = np.where(np.isfinite(values), -values if self.falls else values, np.inf)
        return members[np.argsort(values, kind="stable")]


def _values(by: SortBy, results: Results, members: NDArray[np.int64]) -> NDArray[np.float64]:
    settings = results.settings
    if by == "loss":
        return results.loss[members].astype(np.float64)
    combination, seed = np.divmod(members, len(settings.seeds))
    init, lr = np.divmod(combination, len(settings.lr))
    if by == "seed":
        return np.array(settings.seeds, np.float64)[seed]
    return np.array(settings.lr)[lr] if by == "lr" else init.astype(np.float64)
