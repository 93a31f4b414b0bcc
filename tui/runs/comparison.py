"""Several runs side by side: what they share, what differs, and how far each of them came. Pure."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from lstm_engine.run.config import RunConfig
from lstm_engine.run.records import Parent
from lstm_engine.text import printable
from tui.drawing.decimation import Values
from tui.text.numbers import epochs_done, figure, given
from tui.text.sentences import with_changes
from tui.text.widths import cut

#: The loss from which on a run counts as trained.
GOAL = 0.01
#: Epochs of room ahead of a run that trains, at least.
_LEAST_LEAP = 100
#: The number of the column, of `results`, that has the losses.
LOSS_COLUMN = 1
NOT_REACHED = "not reached"
NO_VALUE = "–"
_NAME_ROOM = 12

#: What changes when a run's history does; None where there is no history.
Version = tuple[int, ...] | None
#: The lower and the upper end of a band by epoch, each of shape (epochs,).
Bounds = tuple[Values, Values]


@dataclass(frozen=True, eq=False)
class ComparedRun:
    """One of the runs.

    loss: per epoch, epoch 0 first. predictions: the same, of each company that has a chart.
    problem: why it could not be read, in one sentence; it has no epochs then.
    version: of the history that was read. training_to: the epoch it trains to; None where nobody trains it.
    bounds, prediction_bounds: of a group of runs, the band that most of them lie in; its curves are their means then.
    """

    name: str
    config: RunConfig = field(default_factory=RunConfig)
    parent: Parent | None = None
    loss: Values = field(default_factory=lambda: np.empty(0, np.float32))
    predictions: dict[str, Values] = field(default_factory=dict)
    problem: str = ""
    version: Version = None
    training_to: int | None = None
    bounds: Bounds | None = None
    prediction_bounds: dict[str, Bounds] = field(default_factory=dict)

    @property
    def last_epoch(self) -> int:
        """The newest epoch; -1 where there is none."""
        return len(self.loss) - 1


RunText = Callable[[ComparedRun], str]


@dataclass(frozen=True)
class Setting:
    """Something that a run is set to.

    heading: of its column. fact: what it is, of a run. legend: the same in the legend; empty where there is nothing to
    say. values: how many different ones the runs have.
    """

    heading: str
    fact: RunText
    legend: RunText
    is_number: bool
    values: int


@dataclass(frozen=True, eq=False)
class Comparison:
    """runs: those in the charts, in their order there. shared: the companies that all of them have.

    companies: those of the shared ones that have a chart.
    marked: all the runs that are compared, page by page; those of other pages have no epochs here. Empty where `runs`
        are all.
    """

    runs: tuple[ComparedRun, ...] = ()
    shared: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    marked: tuple[ComparedRun, ...] = ()

    @property
    def readable(self) -> tuple[ComparedRun, ...]:
        """The runs without those that could not be read."""
        return tuple(run for run in self.runs if not run.problem)

    @property
    def problems(self) -> tuple[str, ...]:
        """Why runs could not be read, a sentence each."""
        return tuple(run.problem for run in self.runs if run.problem)

    @property
    def training(self) -> int:
        """How many of the runs in the charts somebody trains."""
        return sum(run.training_to is not None for run in self.runs)

    @property
    def newest(self) -> int:
        """The newest epoch of all runs in the charts; -1 where none has any."""
        return max((run.last_epoch for run in self.runs), default=-1)

    @property
    def end(self) -> int:
        """The last epoch that the charts have room for, 1 at least.

        While a run trains there is some room ahead of it, so that the axis stands still between leaps; not all of it
        up to its target, which would leave the others a strip.
        """
        ahead = (min(_leap(run.last_epoch), run.training_to) for run in self.runs if run.training_to is not None)
        return max(1, self.newest, *ahead)

    @property
    def turns(self) -> tuple[int, ...]:
        """The epochs at which a run branched off or ends, ascending, epoch 0 first."""
        branched = (run.parent.epoch for run in self.readable if run.parent is not None)
        return tuple(sorted({0, *branched, *(run.last_epoch for run in self.readable if run.last_epoch > 0)}))

    @cached_property
    def differing(self) -> list[Setting]:
        """The settings that not all of the runs have in common, those on other pages included."""
        known = tuple(run for run in self.marked or self.runs if not run.problem)
        return [setting for setting in _settings(known) if setting.values > 1]

    def target(self, company: str) -> float | None:
        """What is to be predicted for a company, where the runs agree about it."""
        targets = {_target(run, company) for run in self.readable}
        return targets.pop() if len(targets) == 1 else None


@dataclass(frozen=True)
class Column:
    """One thing about every run. texts: in the order of the runs."""

    heading: str
    texts: tuple[str, ...]
    is_number: bool = False


def epochs_to(loss: Values, goal: float = GOAL) -> int | None:
    """The first epoch whose loss is `goal` or less; None where none is."""
    reached = loss <= np.float32(goal)
    return int(reached.argmax()) if reached.any() else None


def _leap(epoch: int) -> int:
    """The next of the epochs at which the axis grows: four of them while their number doubles."""
    step = max(1 << max(epoch.bit_length() - 3, 0), _LEAST_LEAP)
    return (epoch // step + 1) * step


def differences(comparison: Comparison) -> list[Column]:
    """What the runs that could be read do not have in common, and how far each of them is."""
    columns = [
        _column(comparison, setting.heading, setting.fact, setting.is_number) for setting in comparison.differing
    ]
    if len({run.last_epoch for run in comparison.readable}) > 1:
        columns.append(_column(comparison, "epochs", _epochs_text, True))
    return columns


def distinctions(comparison: Comparison) -> tuple[str, ...]:
    """By what each run in the charts is told apart, such as “seed 5, lr 0.01”; what tells most of them apart first."""
    settings = sorted(comparison.differing, key=lambda setting: -setting.values)
    return tuple(
        "" if run.problem else ", ".join(text for setting in settings if (text := setting.legend(run)))
        for run in comparison.runs
    )


def _settings(runs: Sequence[ComparedRun]) -> list[Setting]:
    data = _data_texts(runs)

    def setting(heading: str, fact: RunText, legend: RunText | None = None, *, is_number: bool = False) -> Setting:
        return Setting(heading, fact, legend or fact, is_number, len({fact(run) for run in runs}))

    return [
        setting("model", lambda run: run.config.model),
        setting("seed", _seed_text, lambda run: "" if run.bounds else f"seed {run.config.seed}", is_number=True),
        setting("lr", lambda run: f"{run.config.lr:.12g}", lambda run: f"lr {run.config.lr:.12g}", is_number=True),
        setting("init", lambda run: run.config.init),
        setting("batch size", lambda run: str(run.config.batch_size), _batch_text, is_number=True),
        setting("data", lambda run: data[run.name]),
        setting("branch of", lambda run: _parent_text(run.parent), _branch_text),
    ]


def results(comparison: Comparison, epoch: int | None = None) -> list[Column]:
    """How soon each run was trained, and where it is by now. epoch: or where it was then."""
    newest = "loss now" if comparison.training else "final loss"
    found = [
        _column(comparison, f"loss {GOAL:g} at", lambda run: _goal_text(run.loss), True),
        _column(
            comparison,
            newest if epoch is None else f"loss at {epoch}",
            lambda run: loss_text(run, epoch) or NO_VALUE,
            True,
        ),
    ]
    for company in comparison.companies:
        found += _predictions(comparison, company, epoch)
    return found


def loss_text(run: ComparedRun, epoch: int | None) -> str:
    """A run's loss at an epoch, or its last one; empty where it has none, as the untrained model."""
    at = run.last_epoch if epoch is None else epoch
    return _value_text(run.loss, at) if at > 0 else ""


def prediction_text(run: ComparedRun, company: str, epoch: int | None) -> str:
    """What a run predicts for a company at an epoch, or at last; empty where there is nothing yet, or no more."""
    return _value_text(run.predictions.get(company, run.loss[:0]), run.last_epoch if epoch is None else epoch)


def _predictions(comparison: Comparison, company: str, epoch: int | None) -> list[Column]:
    """A company's final predictions; its targets too, where the runs do not agree about them."""
    target, name = comparison.target(company), cut(printable(company), _NAME_ROOM)
    heading = name if epoch is None else f"{name} at {epoch}"
    predicted = _column(
        comparison,
        heading if target is None else f"{heading}, target {given(target)}",
        lambda run: prediction_text(run, company, epoch) or NO_VALUE,
        True,
    )
    if target is not None:
        return [predicted]
    return [_column(comparison, f"{name} target", lambda run: given(_target(run, company)), True), predicted]


def _column(comparison: Comparison, heading: str, fact: RunText, is_number: bool = False) -> Column:
    texts = tuple(NO_VALUE if run.problem else fact(run) for run in comparison.runs)
    return Column(heading, texts, is_number)


def _data_texts(runs: Sequence[ComparedRun]) -> dict[str, str]:
    """By run: what its data are called; tables of one name with other values are numbered."""
    tables = {run.name: run.config.data for run in runs}
    distinct = list(dict.fromkeys(tables.values()))
    sources = [table.source for table in distinct]
    texts = {}
    for name, table in tables.items():
        same = [other for other in distinct if other.source == table.source]
        extra = f" ({same.index(table) + 1})" if sources.count(table.source) > 1 else ""
        texts[name] = f"{printable(table.source)}{extra}"
    return texts


def _parent_text(parent: Parent | None) -> str:
    if parent is None:
        return NO_VALUE
    return f"{printable(parent.run)} at {parent.epoch}{with_changes(parent)}"


def _goal_text(loss: Values) -> str:
    epoch = epochs_to(loss)
    return NOT_REACHED if epoch is None else f"epoch {epoch}"


def _seed_text(run: ComparedRun) -> str:
    return str(run.config.seed) if run.bounds is None else "several"


def _batch_text(run: ComparedRun) -> str:
    return f"batch size {run.config.batch_size}"


def _branch_text(run: ComparedRun) -> str:
    return "" if run.parent is None else f"branch at {run.parent.epoch}"


def _epochs_text(run: ComparedRun) -> str:
    epoch = max(run.last_epoch, 0)
    return epochs_done(epoch, run.training_to or epoch)


def _value_text(values: Values, epoch: int) -> str:
    """The value at an epoch; empty where there is none."""
    if not 0 <= epoch < len(values):
        return ""
    value = float(values[epoch])
    return figure(value) if math.isfinite(value) else "not finite"


def _target(run: ComparedRun, company: str) -> float:
    data = run.config.data
    return data.targets[data.names.index(company)]
