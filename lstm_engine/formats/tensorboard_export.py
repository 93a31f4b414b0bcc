"""A run's whole history as an event file."""

from __future__ import annotations

import datetime
import secrets
from pathlib import Path

import numpy as np

from lstm_engine.errors import UserError
from lstm_engine.formats.event_file.writer import event_file_name, is_event_file
from lstm_engine.formats.tensorboard_log import TensorboardLog
from lstm_engine.run.history import Columns
from lstm_engine.store.directory import read_history, read_record
from lstm_engine.text import printable

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
    output.mkdir(parents=True, exist_ok=True)
    if any(is_event_file(path.name) for path in output.iterdir()):
        place = printable(str(output))
        raise UserError(
            f"{place} has event files, which TensorBoard would mix with this run's: expected another folder"
        )
    wall = _seconds(record.created)
    path = output / event_file_name(wall)
    part = output / f".{secrets.token_hex(4)}.part"
    try:
        with part.open("xb") as file:
            log = TensorboardLog(file, record.config, wall)
            for begin in range(0, history.length, _CHUNK):
                rows = history.rows[begin : begin + _CHUNK]
                log.add(begin, rows, np.full(len(rows), wall))
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return path


def _seconds(created: str) -> float:
    """A run's time as seconds since 1970; 0 where it is none."""
    try:
        return datetime.datetime.fromisoformat(created).timestamp()
    except ValueError:
        return 0.0
