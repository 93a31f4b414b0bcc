"""The parameters of a training at the end of its epochs, as they are read."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lstm_engine.errors import UserError
from lstm_engine.store.files import bytes_at
from lstm_engine.text import printable
from lstm_engine.weight_history.layout import Layout, Records, Values, read_layout

#: The file in a run's folder.
WEIGHT_HISTORY = "weights.history"


@dataclass(frozen=True, eq=False)
class Snapshot:
    """The parameters at the end of an epoch.

    epoch: completed ones. is_exact: they are those of the epoch that was asked for, in all their bits.
    tensors: by name.
    """

    epoch: int
    is_exact: bool
    tensors: Mapping[str, Values]


@dataclass(frozen=True, eq=False)
class History:
    """halves, fulls: the records of both kinds, each ascending by epoch; read-only.
    end: bytes up to the end of the last one.
    epochs: those that are kept, ascending; shape (kept,). is_full: whether each is kept in 32 bits.
    """

    layout: Layout
    halves: Records
    fulls: Records
    epochs: NDArray[np.int64]
    is_full: NDArray[np.bool_]

    @classmethod
    def of(cls, layout: Layout, halves: Records, fulls: Records) -> History:
        epochs = np.concatenate((halves["epoch"], fulls["epoch"])).astype(np.int64)
        order = np.argsort(epochs, kind="stable")
        is_full = np.arange(len(epochs)) >= len(halves)
        return cls(layout, halves, fulls, epochs[order], is_full[order])

    @property
    def best(self) -> int | None:
        """The first epoch of the lowest validation loss of those that are kept; None where none is known."""
        losses, epochs = (np.concatenate((self.halves[name], self.fulls[name])) for name in ("loss", "epoch"))
        order = np.lexsort((epochs, losses))  # what is not finite comes last
        return int(epochs[order[0]]) if len(order) and np.isfinite(losses[order[0]]) else None

    def nearest(self, epoch: int) -> int:
        """The kept epoch that is nearest to one, the earlier of two. At least one must be kept."""
        place = int(np.searchsorted(self.epochs, epoch))
        around = self.epochs[max(place - 1, 0) : place + 1]
        return int(around[np.argmin(np.abs(around - epoch))])

    def before(self, epoch: int) -> int | None:
        """The kept epoch before one; None where it is the first."""
        place = int(np.searchsorted(self.epochs, epoch))
        return int(self.epochs[place - 1]) if place else None

    def at(self, epoch: int) -> Snapshot:
        """That of the kept epoch nearest to the one asked for. At least one must be kept.

        Raises:
            UserError: it is damaged.
        """
        kept = self.nearest(epoch)
        is_full = bool(self.is_full[np.searchsorted(self.epochs, kept)])
        records = self.fulls if is_full else self.halves
        record = records[np.searchsorted(records["epoch"], kept)]
        if zlib.crc32(record["values"]) != record["crc"]:
            raise UserError(f"the parameters of epoch {kept:,} are damaged: expected those that were written")
        return Snapshot(kept, is_full and kept == epoch, self.layout.split(record["values"]))


def read_history(run: Path) -> History | None:
    """All of a run's folder; None where there is none yet. What was torn at its end is left out.

    Raises:
        UserError: it cannot be read, or is damaged.
    """
    path = run / WEIGHT_HISTORY
    try:
        return _decoded(bytes_at(path))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UserError(f"{printable(str(path))} cannot be read ({error.strerror}): expected parameters") from error
    except (ValueError, MemoryError, OverflowError) as error:  # msgspec's errors are ValueErrors
        said = printable(str(error))
        raise UserError(f"{printable(str(path))} is damaged ({said}): expected parameters") from error


def _decoded(data: bytes) -> History:
    layout, count, start = read_layout(data)
    half, full = layout.record(is_full=False), layout.record(is_full=True)
    if len(data) < start + count * half.itemsize:
        raise ValueError(f"it is too short for {count:,} records")
    halves = np.frombuffer(data, half, count, start)
    start += count * half.itemsize
    fulls = np.frombuffer(data, full, (len(data) - start) // full.itemsize, start)
    # Where the machine lost its power, nothing but zeros may stand in place of the last ones.
    rises = np.diff(fulls["epoch"].astype(np.int64), prepend=0) > 0
    fulls = fulls[: len(fulls) if rises.all() else int(np.argmin(rises))]
    return History.of(layout, halves, fulls)
