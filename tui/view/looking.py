"""How a session is looked at, as one frozen value: what the keys of view, time and inside change."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from tui.state.session import Session
from tui.text.gates import Choice
from tui.view.layout import NO_ROOM, Arrangement, View, arrange
from tui.view.moment import Moment, moment
from tui.view.timeline import Axis, Timeline, settled, towards, zoomed
from tui.view.what_if import NOTHING, WhatIf


@dataclass(frozen=True)
class OnScreen:
    """What the screen has at present, which an action may go by and cannot change.

    size: its columns and lines. arrangement: its panels.
    columns: of the chart that the time cursor is moved on. across: how many points each of them has beside each other.
    parameter: the name of the one under the cursor of the parameters' table.
    """

    size: tuple[int, int] = (0, 0)
    arrangement: Arrangement = NO_ROOM
    columns: int = 100
    across: int = 2
    parameter: str = ""


@dataclass(frozen=True)
class Looking:
    """view: the panels. timeline: the epochs. what_if: what is changed, for the eye alone.

    choice: what the gates' panel explains. on_screen: where all that is to be seen.
    """

    view: View = field(default_factory=View)
    timeline: Timeline = field(default_factory=Timeline)
    what_if: WhatIf = NOTHING
    choice: Choice = field(default_factory=Choice)
    on_screen: OnScreen = field(default_factory=OnScreen)

    def following(self, before: Session, session: Session) -> Looking:
        """Without what makes no sense any more for the session that came after `before`."""
        # A run has no name before it is trained, and the same cursor and what-if when it gets one.
        is_another = session.run != before.run if before.run else session.rewrites != before.rewrites
        timeline = Timeline() if is_another else settled(self.timeline, Axis.of(session))
        has_other_data = session.config.data != before.config.data
        what_if = NOTHING if is_another or session.specs != before.specs or has_other_data else self.what_if
        is_renamed = session.config.data.names != before.config.data.names
        view = self.view.of_other_companies() if is_renamed else self.view
        return replace(self, view=view, timeline=timeline, what_if=what_if)

    def pointing_at(self, epoch: int, session: Session) -> Looking:
        """With the time cursor on that epoch; from the newest one on it is live."""
        return replace(self, timeline=towards(self.timeline, self.axis(session), epoch))

    def zooming(self, steps: int, session: Session) -> Looking:
        """With half the epochs on the axes for each step, or twice as many for a step of -1."""
        return replace(self, timeline=zoomed(self.timeline, self.axis(session), steps))

    def visiting(self, epoch: int, choice: Choice | None, session: Session) -> Looking:
        """On an epoch as it was, without a what-if. choice: what the gates explain there; None leaves it."""
        return replace(self, what_if=NOTHING, choice=self.choice if choice is None else choice).pointing_at(
            epoch, session
        )

    def axis(self, session: Session) -> Axis:
        """The epochs, on the chart that the cursor is moved on."""
        return Axis.of(session, self.on_screen.columns, self.on_screen.across)

    def moment(self, session: Session) -> Moment:
        """What the panels show."""
        return moment(session, self.timeline, self.what_if)

    def companies(self, session: Session) -> tuple[int, ...]:
        """The numbers of the companies that are in the charts."""
        count = len(session.config.data.names)
        return tuple(company for company in self.view.companies if company < count)

    def tried(self, session: Session) -> tuple[dict[str, float], dict[str, tuple[float, ...]], str]:
        """The what-if: parameters by name, inputs by company, and both in words."""
        names = session.config.data.names
        days = {names[company]: inputs for company, inputs in self.what_if.inputs}
        return dict(self.what_if.parameters), days, self.moment(session).changes


def arranged(view: View, size: tuple[int, int], session: Session) -> Arrangement:
    """Where the session's panels are, on a screen of that size."""
    failed = session.failure is not None
    return arrange(view, size, len(session.config.data.names), len(session.specs), failed=failed)
