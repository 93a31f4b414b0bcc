"""An epoch of a model of prices that is computed again: how its process is started, and what it came to."""

from __future__ import annotations

import os
import shutil
import sys
import zlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lstm_engine.errors import UserError
from lstm_engine.forecast.epoch_start import EpochStart, epoch_start
from lstm_engine.forecast.inputs import read_inputs
from lstm_engine.script.script_environment import GoOn, script_environment
from lstm_engine.script.script_run import INPUTS
from lstm_engine.text import printable
from lstm_engine.weight_history.history import Snapshot, read_history
from lstm_engine.weight_history.history_file import halved
from lstm_engine.weight_history.layout import Values
from lstm_engine.weight_history.record_file import exact_snapshots, read_records

#: -P keeps the working directory off the import path: a stray torch.py there is not PyTorch.
_PROGRAM = (sys.executable, "-P", "-m", "lstm_engine.price_model.recompute_program")
_RESULT, _CHECKPOINT = "epoch.records", "start.ckpt"
#: How often a checkpoint may go, for a newer one, between being found and being read.
_TRIES = 3


@dataclass(frozen=True)
class Recomputation:
    """run: nothing is ever written there. epoch: completed ones. start: from where; its checkpoint is a copy.

    folder: for what the process writes.
    """

    run: Path
    epoch: int
    start: EpochStart
    folder: Path

    @property
    def command(self) -> tuple[str, ...]:
        """The process, which prints how many epochs are completed, a number a line; and is to be in `environment`."""
        done = ("--done", str(self.start.done)) if self.start.is_between else ()
        return (*_PROGRAM, str(self.run), str(self.epoch), str(self.folder / _RESULT), *done)

    @property
    def environment(self) -> dict[str, str]:
        """Has it tell of itself in the folder, and go on from the start."""
        checkpoint = self.start.checkpoint
        go_on = None if checkpoint is None else GoOn(str(checkpoint), max_epochs=self.epoch)
        return script_environment(os.environ, self.folder, go_on=go_on)

    def result(self) -> dict[int, Snapshot]:
        """The parameters at the epoch, and those at the one before it where it came by, once the process has ended.

        Raises:
            UserError: there are none, or they are not the run's.
        """
        layout, records = read_records(self.folder / _RESULT)
        for record in records:
            self._check(int(record["epoch"]), float(record["loss"]), record["values"])
        return exact_snapshots(layout, records)

    def _check(self, epoch: int, loss: float, values: Values) -> None:
        """By what the run has told, and kept, of the same epoch: another processor, or PyTorch, has other bits."""
        told = self.start.loss if epoch == self.epoch else None
        is_same = told is None or np.isnan(loss) or loss == told
        kept = _kept(self.run, epoch)
        if kept is not None:
            found = values if kept.dtype == np.float32 else halved(values)
            is_same = is_same and found.tobytes() == kept.tobytes()
        if not is_same:
            raise UserError(
                f"epoch {epoch:,} comes to other numbers than the run's: expected the versions and the kind of "
                "processor that it was trained with"
            )


def prepared(run: Path, epoch: int, folder: Path) -> Recomputation:
    """What is to be started. folder: empty, for it alone.

    Raises:
        UserError: it cannot be computed again; one sentence says why.
    """
    run = run.absolute()
    read_inputs(run / INPUTS)
    for _ in range(_TRIES):
        start = epoch_start(run, epoch)
        if start.checkpoint is None:
            return Recomputation(run, epoch, start, folder)
        copy = folder / _CHECKPOINT
        try:
            shutil.copyfile(start.checkpoint, copy)
            return Recomputation(run, epoch, replace(start, checkpoint=copy), folder)
        except FileNotFoundError:  # a training that goes on has put a newer one in its place
            continue
        except OSError as error:
            place = printable(error.filename2 or error.filename or str(folder))
            raise UserError(f"{place} cannot be copied ({error.strerror}): expected the run's checkpoint") from error
    raise UserError(f"epoch {epoch:,} cannot be computed again: its checkpoints go as fast as they are found")


def _kept(run: Path, epoch: int) -> NDArray[Any] | None:
    """The values that the run has kept of that epoch, 32-bit or 16-bit; None for none that can be read."""
    try:
        history = read_history(run)
    except UserError:
        return None
    for records in () if history is None else (history.fulls, history.halves):
        for record in records[records["epoch"] == epoch]:
            if zlib.crc32(record["values"]) == record["crc"]:
                values: NDArray[Any] = record["values"]
                return values
    return None
