"""Shares, and how sure they are."""

from __future__ import annotations

import numpy as np
import pytest

from lstm_engine.sweep.settings import SweepSettings
from lstm_engine.sweep.shares import is_solved, shares, wilson


@pytest.mark.parametrize(
    ("solved", "count", "low", "high"),
    [(762, 1000, 0.7346, 0.7874), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (1, 2, 0.0945, 0.9055)],
)
def test_wilson_s_interval(solved: int, count: int, low: float, high: float) -> None:
    """Figures of R's prop.test(..., correct = FALSE)."""
    assert wilson(solved, count) == pytest.approx((low, high), abs=5e-5)


def test_solved_is_every_prediction_near_its_target() -> None:
    settings = SweepSettings(seeds=(0, 1, 2), solved=0.1)
    predictions = np.array([[0.0625, 0.2, np.nan], [0.9375, 1.0, 1.0]], np.float32)
    assert is_solved(settings, predictions).tolist() == [True, False, False]


def test_each_combination_has_its_share() -> None:
    settings = SweepSettings(seeds=(0, 1), lr=(0.1, 0.2), init=("normal", "uniform"))
    found = shares(settings, np.array([1, 1, 1, 0, 0, 0, 1, 1], bool))
    assert [(each.init, each.lr, each.solved, each.members) for each in found] == [
        ("normal", 0.1, 2, 2),
        ("normal", 0.2, 1, 2),
        ("uniform", 0.1, 0, 2),
        ("uniform", 0.2, 2, 2),
    ]
