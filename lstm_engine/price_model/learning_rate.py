"""Schedules of the learning rate: over so many epochs, and level behind them."""

from __future__ import annotations

import math

from lstm_engine.forecast.settings import Schedule


def learning_rate_factor(schedule: Schedule, epoch: int, epochs: int) -> float:
    """What the learning rate is multiplied by in an epoch, counted from 0. epochs: that it is over.

    none: 1. cosine: half a cosine's wave from 1 down to 0.01 (Loshchilov & Hutter 2017, without restarts).
    step: a tenth from half of the epochs on, and a hundredth from three quarters on.
    """
    done = min(epoch / epochs, 1.0)
    if schedule == "cosine":
        return 0.01 + 0.99 * (1 + math.cos(math.pi * done)) / 2
    if schedule == "step":
        return 1.0 if done < 0.5 else 0.1 if done < 0.75 else 0.01
    return 1.0
