"""Arrays in one file of a run's folder: written whole, read without ever unpickling or filling the memory."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lstm_engine.store.files import LARGEST_OF_A_RUN, bytes_at, write_durably

Array = NDArray[Any]


def write_arrays(path: Path, *, compressed: bool = False, **arrays: Array) -> None:
    """Puts NumPy's .npz with these arrays at `path`, replacing what is there. Raises OSError."""
    buffer = io.BytesIO()
    (np.savez_compressed if compressed else np.savez)(buffer, allow_pickle=False, **arrays)
    write_durably(path, buffer.getvalue())


def read_arrays(path: Path) -> dict[str, Array]:
    """All arrays in such a file, by name.

    Raises:
        OSError: it cannot be read, or is too large.
        ValueError: it is none, is damaged, holds objects, or would grow out of all proportion.
    """
    data = bytes_at(path)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(member.file_size for member in archive.infolist())
        if size > LARGEST_OF_A_RUN:
            raise ValueError(f"it unpacks to {size:,} bytes")
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            return {name: arrays[name] for name in arrays.files}
    except (zipfile.BadZipFile, EOFError, KeyError, MemoryError, NotImplementedError, RuntimeError) as error:
        raise ValueError(str(error) or type(error).__name__) from error
