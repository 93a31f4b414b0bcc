"""Members begin as the single runs do."""

from __future__ import annotations

import numpy as np

from lstm_engine.models.build import build
from lstm_engine.run.config import RunConfig
from lstm_engine.sweep_run.initial_weights import initial_weights


def test_they_are_the_models_own() -> None:
    configs = [
        RunConfig(seed=seed, init=init, lr=lr)
        for init in ("normal", "uniform")
        for lr in (0.1, 1.0)
        for seed in (1, 2)
    ]  # type: ignore[arg-type]
    found = initial_weights(configs)
    assert found.dtype == np.float32
    for column, config in zip(found.T, configs, strict=True):
        assert column.tolist() == build(config).values()
