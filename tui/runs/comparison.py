"""Several runs side by side: what they share, what differs, and how far each of them came. Pure but for `read`."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from lstm_engine.errors import UserError
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import History
from lstm_engine.run.records import Parent
from lstm_engine.text import printable
from tui.drawing.decimation import Values
from tui.runs.run_folder import RunFolder
from tui.text.numbers import figure, given
from tui.text.sentences import with_changes
from tui.text.widths import cut

#: The loss from which on a run counts as trained.
GOAL = 0.01
#: Companies that have a chart at a time.
COMPANIES = 2
NOT_REACHED = "not reached"
NO_VALUE = "–"
_NAME_ROOM = 12


@dataclass(frozen=True, eq=False)
class ComparedRun:
    """One of the runs.

    loss: per epoch, epoch 0 first. predictions: the same, of each company that has a chart.
    problem: why it could not be read, in one sentence; it has no epochs then.
    """

    name: str
    config: RunConfig = field(default_factory=RunConfig)
    parent: Parent | None = None
    loss: Values = field(default_factory=lambda: np.empty(0, np.float32))
    predictions: dict[str, Values] = field(default_factory=dict)
    problem: str = ""

    @property
    def last_epoch(self) -> int:
        """The newest epoch; -1 where there is none."""
        return len(self.loss) - 1


@dataclass(frozen=True, eq=False)
class Comparison:
    """runs: in the order in which they were marked. shared: the companies that all of them have.

    companies: those of the shared ones that have a chart.
    """

    runs: tuple[ComparedRun, ...] = ()
    shared: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()

    @property
    def readable(self) -> tuple[ComparedRun, ...]:
        """The runs without those that could not be read."""
        return tuple(run for run in self.runs if not run.problem)

    @property
    def problems(self) -> tuple[str, ...]:
        """Why runs could not be read, a sentence each."""
        return tuple(run.problem for run in self.runs if run.problem)

    @property
    def last_epoch(self) -> int:
        """The newest epoch of all runs; 1 at least, so that there is an axis."""
        return max([1, *(run.last_epoch for run in self.runs)])

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


def read(folder: RunFolder, names: Sequence[str], first_company: int = 0) -> Comparison:
    """The runs of these names as they are on disk now; takes a while. A run that cannot be read says why.

    first_company: the number of the first one with a chart, among those that all runs have.
    """
    runs = [_opened(folder, name) for name in names]
    shared = shared_companies([run.config for run in runs if not run.problem])
    first = first_company if first_company < len(shared) else 0
    companies = shared[first : first + COMPANIES]
    return Comparison(tuple(_with_history(folder, run, companies) for run in runs), shared, companies)


def _opened(folder: RunFolder, name: str) -> ComparedRun:
    try:
        record = folder.record(name)
    except UserError as error:
        return ComparedRun(name, problem=str(error))
    return ComparedRun(name, record.config, record.parent)


def _with_history(folder: RunFolder, run: ComparedRun, companies: Iterable[str]) -> ComparedRun:
    if run.problem:
        return run
    try:
        history = folder.history(run.name, run.config)
    except UserError as error:
        return ComparedRun(run.name, problem=str(error))
    return _with_curves(run, history, companies)


def _with_curves(run: ComparedRun, history: History, companies: Iterable[str]) -> ComparedRun:
    """The run with its curves: copies, so that the rest of a long history can be forgotten."""
    names = run.config.data.names
    predictions = {company: history.prediction(names.index(company)).copy() for company in companies}
    return ComparedRun(run.name, run.config, run.parent, history.loss.copy(), predictions)


def shared_companies(configs: Sequence[RunConfig]) -> tuple[str, ...]:
    """The names of the companies that are in the data of all of them, in the order of the first."""
    if not configs:
        return ()
    everywhere = set(configs[0].data.names).intersection(*(config.data.names for config in configs[1:]))
    return tuple(name for name in configs[0].data.names if name in everywhere)


def epochs_to(loss: Values, goal: float = GOAL) -> int | None:
    """The first epoch whose loss is `goal` or less; None where none is."""
    reached = loss <= np.float32(goal)
    return int(reached.argmax()) if reached.any() else None


def differences(comparison: Comparison) -> list[Column]:
    """What the runs that could be read do not have in common."""
    known = comparison.readable
    data = _data_texts(known)
    facts: list[tuple[str, bool, Callable[[ComparedRun], str]]] = [
        ("model", False, lambda run: run.config.model),
        ("seed", True, lambda run: str(run.config.seed)),
        ("lr", True, lambda run: f"{run.config.lr:.12g}"),
        ("init", False, lambda run: run.config.init),
        ("batch size", True, lambda run: str(run.config.batch_size)),
        ("data", False, lambda run: data[run.name]),
        ("branch of", False, lambda run: _parent_text(run.parent)),
        ("epochs", True, lambda run: str(max(run.last_epoch, 0))),
    ]
    return [
        _column(comparison, heading, fact, is_number)
        for heading, is_number, fact in facts
        if len({fact(run) for run in known}) > 1
    ]


def results(comparison: Comparison) -> list[Column]:
    """How soon each run was trained, and where it ended."""
    found = [
        _column(comparison, f"loss {GOAL:g} at", lambda run: _goal_text(run.loss), True),
        _column(comparison, "final loss", lambda run: _final(run.loss[1:]), True),
    ]
    for company in comparison.companies:
        found += _predictions(comparison, company)
    return found


def _predictions(comparison: Comparison, company: str) -> list[Column]:
    """A company's final predictions; its targets too, where the runs do not agree about them."""
    target, name = comparison.target(company), cut(printable(company), _NAME_ROOM)
    heading = name if target is None else f"{name}, target {given(target)}"
    final = _column(
        comparison,
        heading,
        lambda run: _final(run.predictions[company]),
        True,
    )
    if target is not None:
        return [final]
    return [_column(comparison, f"{name} target", lambda run: given(_target(run, company)), True), final]


def _column(
    comparison: Comparison, heading: str, fact: Callable[[ComparedRun], str], is_number: bool = False
) -> Column:
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


def _final(values: Values) -> str:
    if not len(values):
        return NO_VALUE
    value = float(values[-1])
    return figure(value) if math.isfinite(value) else "not finite"


def _target(run: ComparedRun, company: str) -> float:
    data = run.config.data
    return data.targets[data.names.index(company)]
