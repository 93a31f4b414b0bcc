"""Compared runs that differ in their seeds alone, as groups: their means, and the bands they mostly lie in. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import msgspec
import numpy as np

from tui.drawing.decimation import Values
from tui.drawing.palette import SERIES_SHOWN
from tui.runs.comparison import Bounds, ComparedRun, Comparison

#: The shares of a group below and up to its band; of fewer than eleven runs that is all of them.
LOW, HIGH = 0.1, 0.9


def grouped(comparison: Comparison) -> Comparison:
    """The same with a group in place of its runs; a run that could not be read, or is alone, stays as it is.

    A group goes as far as its longest run, and has at each epoch the mean over those that were trained so far.
    """
    groups: dict[object, list[ComparedRun]] = {}
    for run in comparison.runs:
        groups.setdefault(run.name if run.problem else _apart_from_seed(run), []).append(run)
    found = [
        _group(runs, f"group {number}, {len(runs)} runs", comparison.companies) if len(runs) > 1 else runs[0]
        for number, runs in enumerate(groups.values(), start=1)
    ]
    return replace(comparison, runs=tuple(found), marked=())


def has_groups(comparison: Comparison) -> bool:
    """Whether any of the runs, those on other pages included, differ in their seeds alone."""
    runs = [run for run in comparison.marked or comparison.runs if not run.problem]
    different = {(_apart_from_seed(run), run.config.seed) for run in runs}
    return len({settings for settings, _ in different}) < len(different)


def page_of_groups(groups: Comparison, page: int) -> Comparison:
    """Those of the groups that are in the charts together."""
    first = page * SERIES_SHOWN
    return replace(groups, runs=groups.runs[first : first + SERIES_SHOWN], marked=groups.runs)


def _apart_from_seed(run: ComparedRun) -> object:
    parent = b"" if run.parent is None else msgspec.json.encode(run.parent)
    return msgspec.structs.replace(run.config, seed=0), parent


def _group(runs: Sequence[ComparedRun], name: str, companies: Sequence[str]) -> ComparedRun:
    loss, bounds = _mean_and_band([run.loss for run in runs])
    predictions = {company: _mean_and_band([run.predictions[company] for run in runs]) for company in companies}
    targets = [run.training_to for run in runs if run.training_to is not None]
    return ComparedRun(
        name=name,
        config=msgspec.structs.replace(runs[0].config, seed=0),
        parent=runs[0].parent,
        loss=loss,
        predictions={company: mean for company, (mean, _) in predictions.items()},
        training_to=max(targets, default=None),
        bounds=bounds,
        prediction_bounds={company: band for company, (_, band) in predictions.items()},
    )


def _mean_and_band(curves: Sequence[Values]) -> tuple[Values, Bounds]:
    """Of the values at each epoch that there are; a value that is not finite is as one that is missing."""
    values = np.full((len(curves), max(map(len, curves))), np.nan, np.float32)
    for row, curve in zip(values, curves, strict=True):
        row[: len(curve)] = curve
    values[~np.isfinite(values)] = np.nan
    values.sort(axis=0)  # what is missing comes last
    count = np.isfinite(values).sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = (np.nansum(values, axis=0, dtype=np.float64) / count).astype(np.float32)
    last = np.maximum(count - 1, 0)
    low, high = (
        np.take_along_axis(values, np.asarray(place, np.int64)[None], axis=0)[0]
        for place in (np.floor(LOW * last), np.ceil(HIGH * last))
    )
    return mean, (low, high)
