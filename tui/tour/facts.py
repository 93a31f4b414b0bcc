"""The figures of the tour's texts, computed from the run that is on screen, and what is remembered of other runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from lstm_engine.lstm.trace import Trace, trace
from lstm_engine.run.config import RunConfig
from tui.state.session import Session
from tui.text.gates import percent
from tui.text.numbers import figure, fixed

#: A loss that is called low.
LOW_LOSS = 0.01


@dataclass(frozen=True)
class KnownRun:
    """A run that the tour has seen. epoch: how far it was. low_at: the first epoch of a low loss, if there was one."""

    directory: str
    epoch: int
    low_at: int | None


def low_at(session: Session, until: int | None = None) -> int | None:
    """The first epoch with a low loss, of those up to `until`; None where there is none."""
    loss = session.history.loss if until is None else session.history.loss[: until + 1]
    low = np.flatnonzero(loss < LOW_LOSS)
    return int(low[0]) if len(low) else None


def unbroken(text: str) -> str:
    """The text with spaces at which no line ends."""
    return text.replace(" ", "\N{NO-BREAK SPACE}")


class Facts:
    """The figures of a text, computed from the run that it is about.

    epoch: the step's. runs: what is known of other runs.
    """

    def __init__(self, session: Session, epoch: int, runs: Mapping[RunConfig, KnownRun]) -> None:
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
        """The loss at an epoch, by default the step's."""
        return float(self._session.history.loss[self.epoch if epoch is None else epoch])

    def loss_text(self, epoch: int | None = None) -> str:
        """The same as a figure."""
        return figure(self.loss(epoch))

    def days(self, company: int, epoch: int | None = None) -> Trace:
        """The company's days through the unit, at an epoch."""
        config, history = self._session.config, self._session.history
        parameters = history.parameters_at(self.epoch if epoch is None else epoch)
        return trace(config.model, parameters, config.data.days[company])

    def left(self, company: int, epoch: int | None = None) -> str:
        """How much of the company's day 1 is left on the last day: every day's forget gate takes its share."""
        return unbroken(percent(float(np.prod(self.days(company, epoch).forget[1:]))))

    def low_at(self) -> int | None:
        """The first epoch of a low loss up to the step's."""
        return low_at(self._session, self.epoch)

    def low_at_in(self, config: RunConfig) -> int | None:
        """The same of another run, where the tour has seen one."""
        known = self._runs.get(config)
        return None if known is None else known.low_at
