"""What a folder of logs was told as, gathered by run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from lstm_engine.script.vocabulary.events import Event
from lstm_engine.script.vocabulary.log_events import Described, Logged
from lstm_engine.script.vocabulary.script_event import Scalar
from tui.state.told import Told


@dataclass
class Heard:
    """All that was told of one run; what was told before it began anew is gone.

    points: by metric, step and value of each. times: how often it began. others: the events of other kinds.
    """

    points: dict[str, list[tuple[int, float | None]]] = field(default_factory=dict)
    hyperparameters: dict[str, Scalar] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    others: list[Event] = field(default_factory=list)
    problem: str = ""
    times: int = 1

    def hear(self, told: Told) -> None:
        if told.anew:
            self.points, self.hyperparameters, self.texts, self.others = {}, {}, {}, []
            self.times += 1
        self.problem = told.problem
        for event in told.events:
            if isinstance(event, Logged):
                self.points.setdefault(event.name, []).extend(zip(event.step, event.value, strict=True))
            elif isinstance(event, Described):
                self.hyperparameters |= event.hyperparameters
                self.texts |= event.texts
            else:
                self.others.append(event)


def heard(told: Iterable[Told], before: Heard | None = None) -> Heard:
    """What was told of one run, after what was heard before."""
    found = before or Heard()
    for each in told:
        found.hear(each)
    return found
