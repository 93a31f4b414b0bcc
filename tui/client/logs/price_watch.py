"""Whether a run is one of a model of prices, and whether it has predicted anew."""

from __future__ import annotations

import os
from pathlib import Path

from lstm_engine.errors import UserError
from lstm_engine.forecast.outlook import is_price_run
from lstm_engine.forecast.predictions import PREDICTIONS, read_predictions
from lstm_engine.store.script_record import read_script_record
from tui.state.told import PriceFiles


class PriceWatch:
    """Looks at the predictions' file; into a branch's alone, for its best epoch may be none that it tells of."""

    def __init__(self, directory: Path) -> None:
        """directory: of the run."""
        self._directory = directory
        self._told: PriceFiles | None = None
        self._is_branch = False

    def new(self) -> PriceFiles | None:
        """Where the prices are, if that was not told, or other predictions are there than were told; else None."""
        if self._told is None:
            if not is_price_run(self._directory):
                return None
            self._is_branch = _is_branch(self._directory)
        mark = _mark(self._directory / PREDICTIONS)
        if self._told is not None and mark == self._told.mark:
            return None
        best = _best(self._directory) if self._is_branch and mark is not None else None
        self._told = PriceFiles(self._directory, mark, best)
        return self._told


def _is_branch(directory: Path) -> bool:
    try:
        return read_script_record(directory).parent is not None
    except UserError:
        return False


def _best(directory: Path) -> tuple[int, float] | None:
    try:
        found = read_predictions(directory)
    except UserError:
        return None
    return None if found is None else (found.epoch, found.loss)


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
