"""A run's whole history as an event file."""

from __future__ import annotations

import datetime
from pathlib import Path

import numpy as np

from lstm_engine.formats.event_file.exported_event_file import exported_event_file
from lstm_engine.formats.tensorboard_log import TensorboardLog
from lstm_engine.run.history import Columns
from lstm_engine.store.directory import read_history, read_record

#: Epochs that are written at once.
_CHUNK = 10_000


def tensorboard_export(directory: Path, output: Path) -> Path:
    """Writes an event file of the run in `directory` to the folder `output`, which is made; the file's path.

    Every value's time is that at which the run was made: a history has no others.

    Raises:
        UserError: the run cannot be read, or the folder has event files, which TensorBoard would take for the same
            run's; nothing was written.
        OSError: the file cannot be written; nothing is left of it.
    """
    record = read_record(directory)
    history = read_history(directory, Columns.of(record.config))
    wall = _seconds(record.created)
    with exported_event_file(output, wall) as (file, path):
        log = TensorboardLog(file, record.config, wall)
        for begin in range(0, history.length, _CHUNK):
            rows = history.rows[begin : begin + _CHUNK]
            log.add(begin, rows, np.full(len(rows), wall))
    return path


def _seconds(created: str) -> float:
    """A run's time as seconds since 1970; 0 where it is none."""
    try:
        return datetime.datetime.fromisoformat(created).timestamp()
    except ValueError:
        return 0.0
