"""Which share of the members came to the solution, by learning rate and initialisation."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lstm_engine.run.config import Initialisation
from lstm_engine.sweep.settings import SweepSettings

_NORMAL_95 = 1.959963984540054


class Share(NamedTuple):
    """Members of one learning rate and initialisation.

    solved: how many of `members`. low, high: the 95 % interval of the share of all seeds (Wilson 1927).
    """

    init: Initialisation
    lr: float
    solved: int
    members: int
    low: float
    high: float


def is_solved(settings: SweepSettings, predictions: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Of each member, whether every prediction is near its target. predictions: shape (companies, members)."""
    targets = np.array(settings.data.targets)[:, None]
    near: NDArray[np.bool_] = (np.abs(predictions - targets) <= settings.solved).all(axis=0)
    return near


def shares(settings: SweepSettings, solved: NDArray[np.bool_]) -> list[Share]:
    """solved: of each member, in the order of the settings."""
    table = solved.reshape(len(settings.init), len(settings.lr), len(settings.seeds))
    found = []
    for init, of_init in zip(settings.init, table, strict=True):
        for lr, of_lr in zip(settings.lr, of_init, strict=True):
            count, many = int(of_lr.sum()), len(of_lr)
            found.append(Share(init, lr, count, many, *wilson(count, many)))
    return found


def wilson(solved: int, count: int) -> tuple[float, float]:
    """The ends of the 95 % interval of a share (Wilson, Probable inference, 1927)."""
    share, square = solved / count, _NORMAL_95**2
    middle = share + square / (2 * count)
    half = _NORMAL_95 * math.sqrt(share * (1 - share) / count + square / (4 * count * count))
    return max(0.0, (middle - half) / (1 + square / count)), min(1.0, (middle + half) / (1 + square / count))
