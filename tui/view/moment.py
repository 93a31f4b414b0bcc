"""What the panels show of a session: one epoch of it, and perhaps what it would be like with other values."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tui.state.session import Session
from tui.view.timeline import Axis, Sight, Timeline, sight
from tui.view.what_if import WhatIf, applied, changes_in_words


@dataclass(frozen=True)
class Moment:
    """What is shown.

    session: the run as it is now. at_epoch: as it was at the epoch in sight, whose values are its newest.
    with_what_if: the same with the values that are tried; it is `at_epoch` where none are.
    """

    session: Session
    sight: Sight
    at_epoch: Session
    with_what_if: Session
    what_if: WhatIf

    @property
    def title_suffix(self) -> str:
        """What a panel adds to its title where its values are not the newest ones of the run."""
        epoch = "" if self.sight.is_live else f" at epoch {self.sight.epoch}"
        return epoch + ", what-if" * bool(self.what_if)

    @property
    def before(self) -> Session | None:
        """What the values of a what-if are seen beside; None where nothing is tried, or there are none yet."""
        return self.at_epoch if self.what_if and self.at_epoch.history.length else None

    @property
    def changes(self) -> str:
        """What the what-if changes, in words."""
        return changes_in_words(self.what_if, self.at_epoch)


def moment(session: Session, timeline: Timeline, what_if: WhatIf) -> Moment:
    """The session at the epoch that the timeline shows, with what is tried."""
    in_sight = sight(timeline, Axis.of(session))
    at_epoch = session if in_sight.is_live else replace(session, history=session.history.truncated(in_sight.epoch))
    return Moment(session, in_sight, at_epoch, applied(what_if, at_epoch), what_if)
