"""The runs of a comparison as they are on disk; of those that have been read before, only what has changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lstm_engine.errors import UserError
from lstm_engine.run.config import RunConfig
from tui.runs.comparison import ComparedRun, Comparison
from tui.runs.run_folder import RunFolder

#: Companies that have a chart at a time.
COMPANIES = 2


def read(
    folder: RunFolder,
    marked: Sequence[str],
    names: Sequence[str],
    first_company: int = 0,
    before: Comparison | None = None,
) -> Comparison:
    """The runs of these names as they are on disk now; takes a while. A run that cannot be read says why.

    marked: all that are compared; of those that are not in `names`, the settings alone are read.
    first_company: the number of the first one with a chart, among those that all runs have.
    before: what was read last; it is the answer where nothing has changed.
    """
    known = {} if before is None else {run.name: run for run in (*before.marked, *before.runs)}
    opened = {name: _opened(folder, name, known.get(name), is_shown=name in names) for name in {*marked, *names}}
    shared = shared_companies([opened[name].config for name in names if not opened[name].problem])
    first = first_company if first_company < len(shared) else 0
    companies = shared[first : first + COMPANIES]
    runs = {name: _with_curves(folder, opened[name], companies, known.get(name)) for name in names}
    together = tuple(runs.get(name) or _without_curves(opened[name]) for name in marked)
    if before is not None and _is_the_same(before, tuple(runs.values()), together) and before.shared == shared:
        return before
    return Comparison(tuple(runs.values()), shared, companies, together)


def shared_companies(configs: Sequence[RunConfig]) -> tuple[str, ...]:
    """The names of the companies that are in the data of all of them, in the order of the first."""
    if not configs:
        return ()
    everywhere = set(configs[0].data.names).intersection(*(config.data.names for config in configs[1:]))
    return tuple(name for name in configs[0].data.names if name in everywhere)


def _opened(folder: RunFolder, name: str, before: ComparedRun | None, *, is_shown: bool) -> ComparedRun:
    """A run with its settings; as it was read before, where nothing has changed since, or where it is not shown."""
    if before is not None and not before.problem and not is_shown:
        return before
    version = folder.version(name)
    if before is not None and version is not None and version == before.version:
        return before
    try:
        record = folder.record(name)  # anew, as another run may have this name by now
    except UserError as error:
        return _failed(ComparedRun(name), str(error), before)
    return ComparedRun(name, record.config, record.parent, version=version)


def _with_curves(
    folder: RunFolder, run: ComparedRun, companies: tuple[str, ...], before: ComparedRun | None
) -> ComparedRun:
    """The run with its curves: copies, so that the rest of a long history can be forgotten."""
    if run.problem:
        return run
    if run is before and tuple(run.predictions) == companies:
        return run if run.training_to is None else _with_state(folder, run)
    try:
        history = folder.history(run.name, run.config)
    except UserError as error:
        return _failed(run, str(error), before)
    names = run.config.data.names
    predictions = {company: history.prediction(names.index(company)).copy() for company in companies}
    return _with_state(folder, replace(run, loss=history.loss.copy(), predictions=predictions))


def _failed(run: ComparedRun, problem: str, before: ComparedRun | None) -> ComparedRun:
    """The run that could not be read; the same as before where that is nothing new."""
    return before if before is not None and before.problem == problem else replace(run, problem=problem, version=None)


def _with_state(folder: RunFolder, run: ComparedRun) -> ComparedRun:
    """The run, and whether anybody trains it."""
    entry = folder.entry(run.name)
    training_to = entry.target if entry.state == "running" else None
    return run if training_to == run.training_to else replace(run, training_to=training_to)


def _without_curves(run: ComparedRun) -> ComparedRun:
    return ComparedRun(run.name, run.config, run.parent) if run.version is not None else run


def _is_the_same(before: Comparison, runs: tuple[ComparedRun, ...], marked: tuple[ComparedRun, ...]) -> bool:
    return all(
        len(old) == len(new) and all(map(lambda one, other: one is other, old, new))
        for old, new in ((before.runs, runs), (before.marked, marked))
    )
