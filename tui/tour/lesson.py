"""The tour: a lesson beside the live dashboard. Where the reader is, what a step needs of the run, what the key does.

Pure; the steps themselves are in `tui.tour.steps`. A step is about one run at one epoch, and asks the session whether
that is so. So the reader may do as they like meanwhile: where the run has gone on further, the time cursor shows the
step's epoch; where it is not there yet, or another one is open, the step says so and what its key does about it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum, auto

import numpy as np

from lstm_engine.lstm.trace import Trace, trace
from lstm_engine.run.config import RunConfig
from tui.state.session import Session
from tui.text.gates import Choice
from tui.text.numbers import fixed
from tui.text.sentences import settings

#: A loss that is called low.
LOW_LOSS = 0.01


@dataclass(frozen=True)
class Scene:
    """What the dashboard shows with a step.

    panel: the one with the focus. epoch: the one to look at. choice: what the cell explains.
    """

    panel: str
    epoch: int
    choice: Choice | None = None


@dataclass(frozen=True)
class Step:
    """One step of the lesson.

    title: a few words. config: the run it is about. epoch: how far that must have come.
    scene: what is shown then. text: what is said then; words between asterisks stand out, an empty line parts
        paragraphs, and no line ends at a no-break space.
    watch: what to look at while the run gets there.
    """

    title: str
    config: RunConfig
    epoch: int
    scene: Scene
    text: Callable[[Facts], str]
    watch: str = ""


@dataclass(frozen=True)
class Known:
    """A run that the tour has seen. epoch: how far it was. low_at: the first epoch of a low loss, if there was one."""

    directory: str
    epoch: int
    low_at: int | None


@dataclass(frozen=True)
class Asked:
    """What was asked of the engine for a step and has not begun yet.

    rewrites: the session's, when it was asked. opens: it begins with opening a run. trains: it ends in training.
    """

    rewrites: int
    opens: bool
    trains: bool


@dataclass(frozen=True)
class Place:
    """Where the reader is.

    steps: all of them. number: of the present one, from 0. runs: the runs seen, by their settings.
    """

    steps: tuple[Step, ...]
    number: int = 0
    runs: Mapping[RunConfig, Known] = field(default_factory=dict)
    asked: Asked | None = None

    @property
    def step(self) -> Step:
        return self.steps[self.number]

    @property
    def following(self) -> Step | None:
        """The next step; None at the end."""
        return self.steps[self.number + 1] if self.number + 1 < len(self.steps) else None


class Need(Enum):
    """What a step needs. Of the reader's key: NOTHING, MORE epochs, RUN opened, RETRY; else to WAIT."""

    NOTHING = auto()
    WAIT = auto()
    MORE = auto()
    RUN = auto()
    RETRY = auto()


def need(step: Step, session: Session) -> Need:
    """What the step needs before it can be told."""
    if session.state == "loading":
        return Need.WAIT
    # A branch may have another run's past, so that its settings do not say what it has been through.
    if session.config != step.config or session.parent is not None:
        return Need.RUN
    if session.history.last_epoch >= step.epoch and _is_whole(step, session):
        return Need.NOTHING
    if session.state == "training":
        return Need.WAIT
    if session.state == "failed" or not session.engine_alive:
        return Need.RETRY
    if session.epoch < step.epoch:
        return Need.MORE
    # The history is being read; where it cannot be, which is an alert, another run does instead.
    return Need.RUN if session.alert else Need.WAIT


def _is_whole(step: Step, session: Session) -> bool:
    """Whether the history that the step is about was read, and not lost."""
    return bool(
        np.isfinite(session.history.rows[step.epoch, 1:]).all() and np.isfinite(session.history.rows[0, 1:]).all()
    )


def followed(place: Place, session: Session) -> Place:
    """The place after something has happened: what was asked for may have begun, and runs are remembered."""
    asked = place.asked
    if asked is not None and _has_begun(asked, session):
        place = replace(place, asked=None)
    if session.directory is None or session.parent is not None or session.config not in _configs(place):
        return place
    if session.history.last_epoch != session.epoch:  # not read yet
        return place
    known = place.runs.get(session.config)
    if known is not None and known.directory == session.directory and known.epoch == session.epoch:
        return place
    return replace(place, runs={**place.runs, session.config: _known(session, session.directory)})


def _configs(place: Place) -> set[RunConfig]:
    return {step.config for step in place.steps}


def _has_begun(asked: Asked, session: Session) -> bool:
    if session.alert or session.state == "failed" or not session.engine_alive:
        return True  # or will not begin
    is_there = session.rewrites != asked.rewrites or not asked.opens
    return is_there and (session.state == "training" or not asked.trains)


def _known(session: Session, directory: str) -> Known:
    return Known(directory, session.epoch, low_at(session))


def low_at(session: Session, until: int | None = None) -> int | None:
    """The first epoch with a low loss, of those up to `until`; None where there is none."""
    loss = session.history.loss if until is None else session.history.loss[: until + 1]
    low = np.flatnonzero(loss < LOW_LOSS)
    return int(low[0]) if len(low) else None


# --- what the panel says ---------------------------------------------------------------------------------------------


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


def needed_at(place: Place, session: Session) -> Need:
    """What the present step needs, as far as it was not asked for already."""
    needed = need(place.step, session)
    return Need.WAIT if place.asked is not None and needed is not Need.NOTHING else needed


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
        return f"{'adds' if session.epoch else 'trains'} {step.epoch - session.epoch} epochs"
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


class Facts:
    """The figures of a text, computed from the run that it is about.

    epoch: the step's. runs: what is known of other runs.
    """

    def __init__(self, session: Session, epoch: int, runs: Mapping[RunConfig, Known]) -> None:
        self._session = session
        self._runs = runs
        self.epoch = epoch

    def predicted(self, company: int, epoch: int | None = None) -> float:
        """What the company was predicted at an epoch, by default the step's."""
        return float(self._session.history.predictions_at(self.epoch if epoch is None else epoch)[company])

    def both(self, epoch: int | None = None) -> tuple[str, str]:
        """Both companies' predictions, as people read them."""
        return fixed(self.predicted(0, epoch)), fixed(self.predicted(1, epoch))

    def apart(self, epoch: int | None = None) -> float:
        """How far the two predictions are apart."""
        return self.predicted(1, epoch) - self.predicted(0, epoch)

    def peak(self, company: int) -> tuple[float, int]:
        """The company's largest prediction up to the step's epoch, and its epoch."""
        curve = self._session.history.prediction(company)[: self.epoch + 1]
        at = int(np.argmax(curve))
        return float(curve[at]), at

    def loss(self, epoch: int | None = None) -> float:
        return float(self._session.history.loss[self.epoch if epoch is None else epoch])

    def loss_text(self, epoch: int | None = None) -> str:
        return f"{self.loss(epoch):.4f}"

    def days(self, company: int, epoch: int | None = None) -> Trace:
        """The company's days through the unit, at an epoch."""
        config, history = self._session.config, self._session.history
        parameters = history.parameters_at(self.epoch if epoch is None else epoch)
        return trace(config.model, parameters, config.data.days[company])

    def low_at(self) -> int | None:
        """The first epoch of a low loss up to the step's."""
        return low_at(self._session, self.epoch)

    def low_at_in(self, config: RunConfig) -> int | None:
        """The same of another run, where the tour has seen one."""
        known = self._runs.get(config)
        return None if known is None else known.low_at
