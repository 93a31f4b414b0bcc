"""Statistics of a few measurements, and how they are told."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest value that at least `percent` of all do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]


def spread(values: Sequence[float], form: str = ".2f", unit: str = "", scale: float = 1.0) -> str:
    """The median, and from where to where they lie if there are several: `0.36 s (0.34–0.41)`."""
    scaled = [value * scale for value in values]
    text = f"{median(scaled):{form}}{unit}"
    return text if len(scaled) == 1 else f"{text} ({min(scaled):{form}}–{max(scaled):{form}})"


def kib(size: float) -> float:
    return size / 1024
