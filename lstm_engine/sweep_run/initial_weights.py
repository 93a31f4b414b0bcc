"""The parameters that the members of a sweep begin with: those of the single runs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from lstm_engine.models.by_hand import initial_weights as drawn
from lstm_engine.run.config import RunConfig


def initial_weights(configs: Sequence[RunConfig]) -> NDArray[np.float32]:
    """Shape (12, configs). Members of another learning rate alone begin with the same."""
    known: dict[tuple[int, str], NDArray[np.float32]] = {}
    for config in configs:
        if (config.seed, config.init) not in known:
            known[config.seed, config.init] = drawn(config).numpy()
    return np.stack([known[config.seed, config.init] for config in configs], axis=1)
