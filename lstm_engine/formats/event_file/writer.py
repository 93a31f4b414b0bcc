"""Writes an event file that TensorBoard opens."""

from __future__ import annotations

import itertools
import os
import re
import socket
import time
from collections.abc import Iterable
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from lstm_engine.formats.event_file import hyperparameters as plugin
from lstm_engine.formats.event_file.crc32c import Indices
from lstm_engine.formats.event_file.framing import framed
from lstm_engine.formats.event_file.hyperparameters import Hyperparameters
from lstm_engine.formats.event_file.scalar_records import scalar_records
from lstm_engine.formats.event_file.wire import encoded_bytes, encoded_double, encoded_number

_VERSION = b"brain.Event:2"
#: Of a text: kind of tensor (`DataType`), and whose it is.
_STRING, _TEXT = 7, "text"
#: What a session does (`SessionLog`).
_START = 1

_counted = itertools.count()


def event_file_name(wall: float) -> str:
    """A name by which TensorBoard knows an event file, and sorts it behind older ones; no other one has it."""
    host = re.sub(r"[^\w.-]", "_", socket.gethostname(), flags=re.ASCII)
    return f"events.out.tfevents.{int(wall):010d}.{host}.{os.getpid()}.{next(_counted):06}"


def is_event_file(name: str) -> bool:
    """Whether TensorBoard would read a file of this name."""
    return "tfevents" in name


class EventFileWriter:
    """Writes events to an open file, each call's at once. Every method raises OSError."""

    def __init__(self, file: BinaryIO, wall: float | None = None) -> None:
        """
        Args:
            file: unbuffered or not; it stays the caller's.
            wall: when it begins, seconds since 1970; None for now.
        """
        self._file = file
        self._put(encoded_bytes(3, _VERSION), wall)

    def resumed(self, step: int, wall: float | None = None) -> None:
        """Say that what older files of the folder have of this step and later ones is void."""
        self._put(encoded_number(2, step) + encoded_bytes(7, encoded_number(1, _START)), wall)

    def scalars(self, tag: str, steps: Indices, walls: NDArray[np.float64], values: NDArray[np.floating[Any]]) -> None:
        """Write values of one tag, in 32 bits; see `scalar_records`."""
        with np.errstate(over="ignore"):  # what is too large for them is infinite there
            known = values.astype(np.float32, copy=False)
        self._file.write(scalar_records(tag, steps, walls, known))

    def text(self, tag: str, text: str, wall: float | None = None) -> None:
        """Write a text, which TensorBoard shows as Markdown."""
        tensor = encoded_number(1, _STRING) + encoded_bytes(2, b"") + encoded_bytes(8, text.encode())
        self._value(tag, encoded_bytes(8, tensor) + _metadata(_TEXT), wall)

    def hyperparameters(self, values: Hyperparameters, metrics: Iterable[str], wall: float | None = None) -> None:
        """Write what the session was set to, for TensorBoard's page HPARAMS. metrics: the tags it shows beside."""
        now = _now(wall)
        for tag, content in (
            (plugin.EXPERIMENT, plugin.experiment(values, metrics)),
            (plugin.START, plugin.session_start(values, now)),
            (plugin.END, plugin.session_end(now)),
        ):
            self._value(tag, _metadata(plugin.PLUGIN, content), wall)

    def _value(self, tag: str, rest: bytes, wall: float | None) -> None:
        self._put(encoded_bytes(5, encoded_bytes(1, encoded_bytes(1, tag.encode()) + rest)), wall)

    def _put(self, event: bytes, wall: float | None) -> None:
        self._file.write(framed(encoded_double(1, _now(wall)) + event))


def _metadata(name: str, content: bytes = b"") -> bytes:
    return encoded_bytes(9, encoded_bytes(1, encoded_bytes(1, name.encode()) + encoded_bytes(2, content)))


def _now(wall: float | None) -> float:
    return time.time() if wall is None else wall
