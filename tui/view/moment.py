"""What the panels show of a session: one epoch of it, and perhaps what it would be like with other values."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tui.state.session import Session
from tui.view.timeline import Axis, Sight, Timeline, sight
from tui.view.what_if import WhatIf, applied, told


@dataclass(frozen=True)
class Moment:
    """What is shown.

    session: as it is. then: as it was at the epoch in sight, whose values are its newest.
    shown: the same with the what-if.
    """

    session: Session
    sight: Sight
    then: Session
    shown: Session
    what_if: WhatIf

    @property
    def note(self) -> str:
        """What a panel adds to its title where its values are not the newest ones of the run."""
        epoch = "" if self.sight.is_live else f" at epoch {self.sight.epoch}"
        return epoch + ", what-if" * bool(self.what_if)

    @property
    def changes(self) -> str:
        """What the what-if changes, in words."""
        return told(self.what_if, self.then)


def moment(session: Session, timeline: Timeline, what_if: WhatIf) -> Moment:
    """What the panels show."""
    seen = sight(timeline, Axis.of(session))
    then = session if seen.is_live else replace(session, history=session.history.truncated(seen.epoch))
    return Moment(session, seen, then, applied(what_if, then), what_if)
