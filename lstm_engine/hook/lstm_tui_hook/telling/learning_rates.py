"""The learning rates of a training, by name."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any


def learning_rates(trainer: Any) -> dict[str, float]:
    """That of every group of parameters: `lr-Adam`, `lr-Adam-1` of a second Adam, `lr-Adam/pg2` of a second group.
    One that is no number is left out.
    """
    found: dict[str, float] = {}
    seen: Counter[str] = Counter()
    for optimizer in trainer.optimizers:
        kind = f"lr-{type(optimizer).__name__}"
        name = f"{kind}-{seen[kind]}" if seen[kind] else kind
        seen[kind] += 1
        several = len(optimizer.param_groups) > 1
        for number, group in enumerate(optimizer.param_groups, 1):
            rate = float(group["lr"])
            if math.isfinite(rate):
                found[f"{name}/pg{number}" if several else name] = rate
    return found
