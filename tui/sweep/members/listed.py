"""Which members are listed, in which order, which are marked, and where the cursor is. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from tui.sweep.members.member_order import MemberOrder


@dataclass(frozen=True, eq=False)
class Listed:
    """what: what they have in common, in words. members: their numbers in the sweep, rising.

    marked: the numbers of those that are marked, in the order in which they were. cursor: the number of the member
    that the cursor is on; None for the first of the list.
    """

    what: str
    members: NDArray[np.int64]
    order: MemberOrder = field(default_factory=MemberOrder)
    marked: tuple[int, ...] = ()
    cursor: int | None = None

    def marking(self, member: int) -> Listed:
        """With that member marked, or no longer so."""
        rest = tuple(marked for marked in self.marked if marked != member)
        return replace(self, marked=rest if member in self.marked else (*rest, member))
