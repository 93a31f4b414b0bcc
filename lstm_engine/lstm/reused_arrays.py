"""Arrays whose memory is used again: new pages for every batch take as long as the sums that are written to them."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray


class ReusedArrays:
    """Memory by name, as large as the largest array of that name that was asked for."""

    def __init__(self) -> None:
        self._memory: dict[str, NDArray[np.floating[Any]]] = {}

    def array(self, name: str, shape: tuple[int, ...], dtype: np.dtype[Any]) -> NDArray[np.floating[Any]]:
        """Of any values, and in the place of the array of that name that was asked for before."""
        count = math.prod(shape)
        memory = self._memory.get(name)
        if memory is None or memory.size < count or memory.dtype != dtype:
            memory = self._memory[name] = np.empty(count, dtype)
        return memory[:count].reshape(shape)
