"""Numbers out of bytes, wherever they begin."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from lstm_engine.formats.event_file.crc32c import Indices


def numbers_at(data: bytes, at: Indices, kind: str) -> NDArray[Any]:
    """The numbers of the numpy type `kind` that begin at these places of `data`; shape (places,)."""
    wanted = np.dtype(kind)
    if len(data) < wanted.itemsize:
        return np.empty(0, wanted)
    # One number from each byte on, each over the next ones: no byte is copied that is not asked for.
    everywhere: NDArray[Any] = np.ndarray((len(data) - wanted.itemsize + 1,), wanted, data, strides=(1,))
    found: NDArray[Any] = everywhere[at]
    return found
