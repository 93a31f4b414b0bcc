"""Writes the history of a run's parameters, such that what was written stays readable whenever the process dies."""

from __future__ import annotations

import secrets
import zlib
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from lstm_engine.errors import UserError
from lstm_engine.weight_history.budget import BUDGET, within_budget
from lstm_engine.weight_history.history import WEIGHT_HISTORY, History, read_history
from lstm_engine.weight_history.layout import Layout, Records, Values

#: The greatest number of 16 bits.
_GREATEST = float(np.finfo(np.float16).max)


class HistoryFile:
    """The file in a run's folder. A record is handed to the system at once, and durable when that sees fit."""

    def __init__(self, run: Path, layout: Layout, budget: int = BUDGET) -> None:
        self._path = run / WEIGHT_HISTORY
        self._layout = layout
        self._budget = budget
        self._file: BinaryIO | None = None
        self._size = self._last = 0

    def begin(self, done: int, run: Path | None = None) -> None:
        """To be called first.

        Args:
            done: completed epochs; what was written of later ones goes.
            run: the folder of the run that the history is taken over from; None for its own.

        Raises:
            OSError: it cannot be written.
        """
        self.close()
        for leftover in self._path.parent.glob(f".{self._path.name}.*.part"):  # of one that was killed
            leftover.unlink()
        history = _readable(run or self._path.parent)
        if history is None or history.layout != self._layout:
            halves, fulls = (np.zeros(0, self._layout.record(is_full=is_full)) for is_full in (False, True))
            history = History.of(self._layout, halves, fulls)
        halves, fulls = (each[each["epoch"] <= done] for each in (history.halves, history.fulls))
        self._put(History.of(self._layout, halves, fulls))

    def add(self, epoch: int, loss: float, values: Values) -> None:
        """The parameters at the end of an epoch, later than all before it. Raises OSError."""
        if self._file is None or epoch <= self._last:
            return
        record = np.zeros(1, self._layout.record(is_full=True))
        record["epoch"], record["loss"], record["values"] = epoch, loss, values
        record["crc"] = zlib.crc32(record["values"][0])
        if self._size + record.itemsize > self._budget:
            self._thin(record)
        else:
            self._file.write(record.view(np.uint8).data)
            self._size += record.nbytes
            self._last = epoch

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def _thin(self, newest: Records) -> None:
        self.close()
        history = _readable(self._path.parent)
        assert history is not None  # noqa: S101 - begin wrote it
        full, half = (self._layout.record(is_full=is_full).itemsize for is_full in (True, False))
        epochs, best = [*history.epochs.tolist(), int(newest["epoch"][0])], history.best
        fulls, halves = within_budget(epochs, best, full, half, self._budget)
        kept = np.concatenate((history.fulls[_among(history.fulls, fulls)], newest))
        self._put(History.of(self._layout, _halved(history, halves), kept))

    def _put(self, history: History) -> None:
        head = self._layout.header(len(history.halves))
        # In place of what is there at once, and durable when the system sees fit: training does not wait for the disk.
        part = self._path.with_name(f".{self._path.name}.{secrets.token_hex(4)}.part")
        try:
            with part.open("xb") as file:
                for each in (head, history.halves.view(np.uint8).data, history.fulls.view(np.uint8).data):
                    file.write(each)
            part.replace(self._path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        self._size = len(head) + history.halves.nbytes + history.fulls.nbytes
        self._last = int(history.epochs[-1]) if len(history.epochs) else 0
        self._file = self._path.open("ab", buffering=0)


def branch_history(run: Path, branch: Path, done: int) -> None:
    """Has a branch's folder begin with the history of its parent's, up to `done` completed epochs. Raises OSError."""
    history = _readable(run)
    if history is not None:
        file = HistoryFile(branch, history.layout)
        file.begin(done, run)
        file.close()


def halved(values: NDArray[np.float32]) -> NDArray[np.float16]:
    """As they are kept in 16 bits: what is beyond the greatest number of those is that."""
    made = np.empty(values.shape, np.float16)
    np.clip(values, -_GREATEST, _GREATEST, out=made, casting="unsafe")
    return made


def _readable(run: Path) -> History | None:
    """A history that is damaged is begun anew: it is no reason not to train."""
    try:
        return read_history(run)
    except UserError:
        return None


def _among(records: Records, epochs: list[int]) -> NDArray[np.bool_]:
    return np.isin(records["epoch"], epochs)


def _halved(history: History, epochs: list[int]) -> Records:
    """Half records of the epochs, from those of either kind."""
    kept = history.halves[_among(history.halves, epochs)]
    chosen = history.fulls[_among(history.fulls, epochs)]
    made = np.zeros(len(chosen), history.layout.record(is_full=False))
    made["epoch"], made["loss"] = chosen["epoch"], chosen["loss"]
    made["values"] = halved(chosen["values"])
    made["crc"] = [zlib.crc32(each) for each in made["values"]]
    joined = np.concatenate((kept, made))
    return joined[np.argsort(joined["epoch"], kind="stable")]
