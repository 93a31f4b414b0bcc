"""Whether a run is one of a model of prices, and whether it has predicted anew."""

from __future__ import annotations

import os
from pathlib import Path

from lstm_engine.forecast.outlook import is_price_run
from lstm_engine.forecast.predictions import PREDICTIONS
from tui.state.told import PriceFiles


class PriceWatch:
    """Looks at the predictions' file, and never into it."""

    def __init__(self, directory: Path) -> None:
        """directory: of the run."""
        self._directory = directory
        self._told: PriceFiles | None = None

    def new(self) -> PriceFiles | None:
        """Where the prices are, if that was not told, or other predictions are there than were told; else None."""
        if self._told is None and not is_price_run(self._directory):
            return None
        found = PriceFiles(self._directory, _mark(self._directory / PREDICTIONS))
        if found == self._told:
            return None
        self._told = found
        return found


def _mark(path: Path) -> tuple[int, ...] | None:
    """The file is opened for it: an NFS client looks at the server's then, and not at its memory."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        status = os.fstat(descriptor)
    finally:
        os.close(descriptor)
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns
