"""Schedules, over their epochs and behind them."""

from __future__ import annotations

import pytest

from lstm_engine.forecast.settings import Schedule
from lstm_engine.price_model.learning_rate import learning_rate_factor


@pytest.mark.parametrize(
    ("schedule", "factors"),
    [
        ("none", [1, 1, 1, 1, 1, 1]),
        ("cosine", [1, 0.85502, 0.505, 0.15498, 0.01, 0.01]),
        ("step", [1, 1, 0.1, 0.01, 0.01, 0.01]),
    ],
)
def test_factors_at_quarters(schedule: Schedule, factors: list[float]) -> None:
    found = [learning_rate_factor(schedule, epoch, 8) for epoch in (0, 2, 4, 6, 8, 80)]
    assert found == pytest.approx(factors, abs=1e-5)
