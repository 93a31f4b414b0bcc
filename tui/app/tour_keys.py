"""What the tour's keys do: they turn its pages, and have the engine do what a step needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from lstm_engine.protocol.messages import AddEpochs, Command, NewRun, OpenRun, Train
from tui.app.training_keys import TrainingKeys
from tui.screens.main_screen import MainScreen
from tui.state.session import Session
from tui.state.session_store import SessionStore
from tui.tour.lesson import lesson
from tui.tour.place import Asked, Need, Place, Step, followed, missing_epochs, need, needed_at


class TourKeys:
    """Leads through the tour: where somebody is in it, and what the engine and the screen are to do for it."""

    def __init__(self, store: SessionStore, training: TrainingKeys, main: MainScreen) -> None:
        self._store = store
        self._main = main
        self._training = training
        self._place: Place | None = None  # as long as nobody has asked for it
        self._is_open = False
        self._is_set = False  # the dashboard shows what the present step is about
        self.handlers: dict[str, Callable[[], None]] = {
            "tour": self._enter_or_leave,
            "tour_on": self._go_on,
            "tour_back": self._go_back,
        }

    def follow(self, session: Session) -> None:
        """Take note of what has happened."""
        if self._place is not None:
            self._place = followed(self._place, session)

    def show(self, session: Session) -> None:
        """Have the screen show the lesson, and, where the run has come to what it is about, that."""
        if self._place is None:
            return
        if not self._is_open:
            self._main.teach(None)
            return
        if not self._is_set and need(self._place.step, session) is Need.NOTHING:
            self._is_set = True
            self._main.set_scene(self._place.step.scene)
        self._main.teach(lesson(self._place, session))

    def enter(self) -> None:
        """Open the tour, at the step where it was left."""
        if self._place is None:
            from tui.tour.steps import STEPS  # all its texts, which nobody needs who does not ask for it

            self._place = Place(STEPS)
            self.follow(self._store.session)
        self._is_open, self._is_set = True, False
        self._store.say("")

    def _enter_or_leave(self) -> None:
        if self._is_open:
            self._is_open = False
            self._store.say("i comes back to this step of the tour")
        else:
            self.enter()

    def _go_back(self) -> None:
        place = self._opened()
        if place is not None and place.number == 0:
            self._store.say("this is the first step")
        elif place is not None:
            self._turn_to(replace(place, number=place.number - 1))

    def _go_on(self) -> None:
        place, session = self._opened(), self._store.session
        if place is None:
            return
        needed = needed_at(place, session)
        if needed is Need.WAIT:
            is_training = session.state == "training"
            self._store.say(f"the tour goes on at epoch {place.step.epoch}" if is_training else "one moment")
        elif needed is not Need.NOTHING:
            self._see_to(place, needed, session)
        elif place.following is None:
            self._store.say("this was the last step: i leaves the tour")
        else:
            place = self._turn_to(replace(place, number=place.number + 1))
            needed = need(place.step, session)
            if needed is not Need.NOTHING:
                self._see_to(place, needed, session)

    def _opened(self) -> Place | None:
        if not self._is_open:
            self._store.say("i opens the tour first")
            return None
        return self._place

    def _turn_to(self, place: Place) -> Place:
        self._place, self._is_set = place, False
        self._store.say("")
        return place

    def _see_to(self, place: Place, needed: Need, session: Session) -> None:
        """Have the screen show the run on its way, and the engine do what the present step needs."""
        self._main.set_stage(place.step.scene)
        if needed is Need.WAIT:
            return
        if needed is Need.RETRY:
            self._training.train()
        elif needed is Need.MORE:
            self._place = replace(place, asked=Asked(session.rewrites, opens=False, target=place.step.epoch))
            more = missing_epochs(place.step, session)
            is_training = session.state == "training"
            self._training.send(AddEpochs(epochs=more) if is_training else Train(epochs=more))
        else:
            opening, epoch = self._opening(place, place.step)
            missing = max(place.step.epoch - epoch, 0)
            target = place.step.epoch if missing else None
            # A run that cannot be opened is not asked for again: the next key press trains another.
            others = {config: run for config, run in place.runs.items() if config != place.step.config}
            self._place = replace(place, asked=Asked(session.rewrites, opens=True, target=target), runs=others)
            self._training.open(opening, missing or None)

    def _opening(self, place: Place, step: Step) -> tuple[Command, int]:
        """The command that brings a step's run, and the epoch that it has come to."""
        known = place.runs.get(step.config)
        if known is not None and Path(known.directory).is_dir():
            return OpenRun(source=known.directory), known.epoch
        return NewRun(config=step.config), 0
