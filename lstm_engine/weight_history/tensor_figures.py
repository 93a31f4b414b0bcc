"""What every tensor comes to at an epoch, in a few numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lstm_engine.weight_history.history import History, Snapshot
from lstm_engine.weight_history.layout import Values


@dataclass(frozen=True)
class TensorFigures:
    """norm: the 2-norm. mean, largest: of the values, the latter with its sign. All of those that are finite.

    change: the norm of what the last epoch changed, as a share of the norm before it; None where the parameters before
    it, or behind it, are not kept in all their bits.
    """

    norm: float
    mean: float
    largest: float
    change: float | None = None


def tensor_figures(history: History, snapshot: Snapshot, before: Snapshot | None = None) -> dict[str, TensorFigures]:
    """By the tensors' names, of a snapshot. before: the epoch before it; None for that of the history, if it is there.

    Raises:
        UserError: the epoch before it is damaged.
    """
    if not snapshot.is_exact:
        before = None
    elif before is None and history.before(snapshot.epoch) == snapshot.epoch - 1:
        before = history.at(snapshot.epoch - 1)
    former = before.tensors if before is not None and before.is_exact else {}
    return {name: _figures(values, former.get(name)) for name, values in snapshot.tensors.items()}


def _figures(values: Values, former: Values | None) -> TensorFigures:
    known = values[np.isfinite(values)].astype(np.float64)
    if not known.size:
        return TensorFigures(np.nan, np.nan, np.nan)
    change = None
    if former is not None:
        norm = float(np.linalg.norm(former))
        change = float(np.linalg.norm(values.astype(np.float64) - former)) / norm if norm else None
    largest = float(known[np.argmax(np.abs(known))])
    return TensorFigures(float(np.linalg.norm(known)), float(known.mean()), largest, change)
