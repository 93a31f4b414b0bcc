"""Tensors as numbers that JSON knows."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any


def finite(value: float) -> float | None:
    """None for what JSON has no number for."""
    return value if math.isfinite(value) else None


def numbers(tensors: Sequence[Any]) -> list[float | None]:
    """Tensors of one value each, on whatever device: fetched from each device at once, for each fetch waits for it."""
    import torch

    found: list[float | None] = [None] * len(tensors)
    places: dict[Any, list[int]] = {}
    for place, tensor in enumerate(tensors):
        places.setdefault(tensor.device, []).append(place)
    for group in places.values():
        values = torch.stack([tensors[place].detach().reshape(()) for place in group]).tolist()
        for place, value in zip(group, values):
            found[place] = finite(float(value))
    return found


class FreshMetrics:
    """Of everything a Trainer has logged so far, what is new: Lightning keeps old values beside the new ones."""

    def __init__(self) -> None:
        self._seen: dict[str, Any] = {}

    def pass_over(self, metrics: Mapping[str, Any]) -> None:
        """These are not new later."""
        self._seen = dict(metrics)

    def of(self, metrics: Mapping[str, Any]) -> dict[str, float | None]:
        """Those that were set since they were seen here last."""
        new = {name: value for name, value in metrics.items() if self._seen.get(name) is not value}
        self._seen = dict(metrics)
        return dict(zip(new, numbers(list(new.values()))))
