"""Where somebody is on a sweep's screen. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from lstm_engine.sweep.settings import SweepSettings
from tui.sweep.chosen_members import ALL, turned
from tui.sweep.members.listed import Listed


@dataclass(frozen=True)
class Place:
    """chosen: the combination that is looked at, by its number; ALL for all members.

    is_on_losses: the cursor is in the histogram, else in the table of shares. bin_: the one that it is on there.
    listed: the members that are listed; None where the list is closed.
    """

    chosen: int = ALL
    is_on_losses: bool = False
    bin_: int = 0
    listed: Listed | None = field(default=None)

    def turned(self, settings: SweepSettings, by: int) -> Place:
        """On the next combination, or the one before."""
        return replace(self, chosen=turned(settings, self.chosen, by))

    def moved(self, settings: SweepSettings, by: int, bins: int) -> Place:
        """With the cursor a row further down, or up. bins: how many the histogram has."""
        if not self.is_on_losses:
            return self.turned(settings, by)
        return replace(self, bin_=min(max(self.within(bins) + by, 0), max(bins - 1, 0)))

    def switched(self) -> Place:
        """With the cursor in the other of the two."""
        return replace(self, is_on_losses=not self.is_on_losses)

    def within(self, bins: int) -> int:
        """The bin that the cursor is on, of so many as there are by now."""
        return min(self.bin_, max(bins - 1, 0))
