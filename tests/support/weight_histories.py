"""Histories of parameters as a training leaves them, without one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np

from lstm_engine.weight_history.budget import BUDGET
from lstm_engine.weight_history.history_file import HistoryFile
from lstm_engine.weight_history.layout import Layout, Values

#: Nine values.
SMALL = Layout((("w", (2, 4)), ("b", (1,))))


def values_at(epoch: int, layout: Layout = SMALL) -> Values:
    """Values that tell their epoch, and of which none is a 16-bit number."""
    return (epoch + np.arange(1, layout.count + 1) / 3.0).astype(np.float32)


def written(
    run: Path, epochs: Iterable[int], layout: Layout = SMALL, budget: int = BUDGET, best: int = 3
) -> HistoryFile:
    """The file of a run's folder after these epochs, one of them the best."""
    file = HistoryFile(run, layout, budget)
    file.begin(0)
    for epoch in epochs:
        file.add(epoch, 0.5 if epoch == best else 1.0, values_at(epoch, layout))
    return file


def put_tensors(run: Path, epochs: Mapping[int, Mapping[str, Values]]) -> None:
    """The history of a run's folder, of these tensors by epoch."""
    first = next(iter(epochs.values()))
    file = HistoryFile(run, Layout(tuple((name, each.shape) for name, each in first.items())))
    file.begin(0)
    for epoch, tensors in epochs.items():
        file.add(epoch, 1 / epoch, np.concatenate([each.ravel() for each in tensors.values()]))
    file.close()
