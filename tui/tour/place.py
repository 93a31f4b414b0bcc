"""Where the reader of the tour is: the step, what that needs of the run, and what was asked of the engine for it.

Pure; the steps themselves are in `tui.tour.steps`. A step is about one run at one epoch, and asks the session whether
that is so. So the reader may do as they like meanwhile: where the run has gone on further, the time cursor shows the
step's epoch; where it is not there yet, or another one is open, the step needs something that its key then does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum, auto

import numpy as np

from lstm_engine.run.config import RunConfig
from tui.state.session import Session
from tui.text.gates import Choice
from tui.tour.facts import Facts, KnownRun, low_at


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
    watch: what to look at while the run gets there. is_text: it says nothing of a run, and waits for none to load.
    """

    title: str
    config: RunConfig
    epoch: int
    scene: Scene
    text: Callable[[Facts], str]
    watch: str = ""
    is_text: bool = False


@dataclass(frozen=True)
class Asked:
    """What was asked of the engine for a step and has not begun yet.

    rewrites: the session's, when it was asked. opens: it begins with opening a run.
    target: the epoch that it is to train to; None where it trains nothing.
    """

    rewrites: int
    opens: bool
    target: int | None


@dataclass(frozen=True)
class Place:
    """Where the reader is.

    steps: all of them. number: of the present one, from 0. runs: the runs seen, by their settings.
    """

    steps: tuple[Step, ...]
    number: int = 0
    runs: Mapping[RunConfig, KnownRun] = field(default_factory=dict)
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
        return Need.NOTHING if step.is_text else Need.WAIT
    # A branch may have another run's past, so that its settings do not say what it has been through.
    if session.config != step.config or session.parent is not None:
        return Need.RUN
    if session.history.last_epoch >= step.epoch and _is_whole(step, session):
        return Need.NOTHING
    if session.state == "training":
        # The last epoch is told a moment before its end is: a run that ends before the step's epoch needs more.
        return Need.WAIT if missing_epochs(step, session) <= 0 else Need.MORE
    if session.state == "elsewhere":
        return Need.RUN
    if session.state == "failed" or not session.engine_alive:
        return Need.RETRY
    if session.epoch < step.epoch:
        return Need.MORE
    # The history is being read; where it cannot be, which is an alert, another run does instead.
    return Need.RUN if session.alert else Need.WAIT


def missing_epochs(step: Step, session: Session) -> int:
    """How many epochs the run lacks to come to the step's, beyond those that are being trained; at most 0: none."""
    return step.epoch - (session.x_end if session.state == "training" else session.epoch)


def _is_whole(step: Step, session: Session) -> bool:
    """Whether the history that the step is about was read, and not lost."""
    history = session.history
    rows = (part[epoch] for epoch in (step.epoch, 0) for part in (history.predictions, history.parameters))
    return all(np.isfinite(row).all() for row in rows)


def needed_at(place: Place, session: Session) -> Need:
    """What the present step needs, as far as it was not asked for already."""
    needed = need(place.step, session)
    return Need.WAIT if place.asked is not None and needed is not Need.NOTHING else needed


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
    known = KnownRun(session.directory, session.epoch, low_at(session))
    return replace(place, runs={**place.runs, session.config: known})


def _configs(place: Place) -> set[RunConfig]:
    return {step.config for step in place.steps}


def _has_begun(asked: Asked, session: Session) -> bool:
    if session.alert or session.state == "failed" or not session.engine_alive:
        return True  # or will not begin
    is_there = session.rewrites != asked.rewrites or not asked.opens
    if asked.target is None:
        return is_there
    return is_there and session.state == "training" and session.target >= asked.target
