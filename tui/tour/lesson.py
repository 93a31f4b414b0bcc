"""What the tour's panel says of a step: its text, or what it still needs, and what the key for going on does. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from tui.state.session import Session
from tui.text.sentences import settings
from tui.tour.facts import Facts
from tui.tour.place import Need, Place, Step, missing_epochs, need, needed_at


@dataclass(frozen=True)
class Lesson:
    """What the tour's panel shows.

    number, titles: of the present step, from 0, and of all. text: as `Step.text`.
    ahead: what the key for going on does; empty where there is nothing to do but wait, or no more to come.
    waiting: what is waited for; else empty.
    """

    number: int
    titles: tuple[str, ...]
    text: str
    ahead: str
    waiting: str = ""

    @property
    def title(self) -> str:
        return self.titles[self.number]


def lesson(place: Place, session: Session) -> Lesson:
    """What the panel shows of the present step."""
    step = place.step
    needed = needed_at(place, session)
    titles = tuple(one.title for one in place.steps)
    if needed is Need.NOTHING:
        return Lesson(place.number, titles, step.text(Facts(session, step.epoch, place.runs)), _ahead(place, session))
    if needed is Need.WAIT:
        waiting = f"training to epoch {step.epoch}" if session.state == "training" else "one moment"
        return Lesson(place.number, titles, _meanwhile(step, session), "", waiting)
    return Lesson(place.number, titles, _missing(step, session, needed), _doing(place, step, session, needed))


def _ahead(place: Place, session: Session) -> str:
    following = place.following
    if following is None:
        return ""
    needed = need(following, session)
    if needed in (Need.NOTHING, Need.WAIT):
        return "goes on"
    return _doing(place, following, session, needed)


def _doing(place: Place, step: Step, session: Session, needed: Need) -> str:
    """What the key does about what the step needs."""
    if needed is Need.RETRY:
        return "tries again"
    if needed is Need.MORE:
        return f"{'adds' if session.epoch else 'trains'} {missing_epochs(step, session)} epochs"
    if step.config in place.runs:
        return "opens its run"
    return f"new run, {step.epoch} epochs" if step.epoch else "new run"


def _meanwhile(step: Step, session: Session) -> str:
    if session.state == "loading":
        return "PyTorch is still loading."
    return step.watch or f"The run is on its way to epoch {step.epoch}."


def _missing(step: Step, session: Session, needed: Need) -> str:
    if needed is Need.RETRY:
        return "Training has stopped, as the panel above or beside says. The lesson goes on once the run does."
    if needed is Need.MORE:
        return f"This step is about epoch *{step.epoch}*. The run stands at epoch *{session.epoch}*."
    about = " · ".join([*settings(step.config), f"epoch {step.epoch}"])
    return f"This step is about another run: *{about}*.\n\nThe one that is open stays on disk, as it is."
