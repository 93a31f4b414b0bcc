"""Steps of the tour by their titles, and runs that have come to them."""

from __future__ import annotations

from lstm_engine.run.config import RunConfig
from tests.support.script import (
    READY,
    history,
    opened,
    ready,
    session_after,
)
from tui.state.reducer import reduce
from tui.state.session import Session
from tui.state.updates import HistoryRead
from tui.tour.lesson import lesson
from tui.tour.place import Place
from tui.tour.steps import BY_HAND, STEPS


def number_of(title: str) -> int:
    return [step.title for step in STEPS].index(title)


TRAINS = number_of("How it learns")
TRAINED = number_of("2000 epochs")
ADDS = number_of("Is it done?")
DAY_1_BEFORE = number_of("Day 1, untrained")
OTHER_MODEL = number_of("The same with nn.LSTM")


def at_epoch(epoch: int, config: RunConfig = BY_HAND) -> Session:
    """A run that was opened at an epoch, and its history read."""
    if epoch == 0:
        return session_after(ready(config), config)
    return reduce(session_after([READY, opened(config, epoch)], config), HistoryRead(history(epoch, config)))


def plain(text: str) -> str:
    return text.replace("*", "").replace("\N{NO-BREAK SPACE}", " ")


def told(title: str) -> str:
    """The text of a step, of a run that has come to where it is about."""
    number = number_of(title)
    step = STEPS[number]
    return plain(lesson(Place(STEPS, number), at_epoch(step.epoch, step.config)).text)
