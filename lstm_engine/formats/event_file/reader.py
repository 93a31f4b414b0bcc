"""Reads an event file as it grows: every whole record once, in order. What is torn at its end is waited for."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lstm_engine.formats.event_file.crc32c import Indices
from lstm_engine.formats.event_file.framing import HEAD, Framing
from lstm_engine.formats.event_file.hyperparameters import Hyperparameters, Scalar
from lstm_engine.formats.event_file.scalar_shapes import Decoded, Points, ScalarShapes
from lstm_engine.formats.event_file.summary import Summary

#: Bytes that are read at a time.
_PIECE = 1 << 22


@dataclass(frozen=True)
class Scalars:
    """Values of one tag, in the file's order; shapes (values,).

    steps: not always ascending. walls: seconds since 1970.
    """

    tag: str
    steps: Indices
    walls: NDArray[np.float64]
    values: NDArray[np.float64]


@dataclass(frozen=True)
class Piece:
    """What a piece of a file says.

    texts: the newest, by tag. hyperparameters: those told in it.
    others: how many values it has under each tag that are no numbers and no texts, and what they are.
    """

    scalars: tuple[Scalars, ...]
    texts: dict[str, str]
    hyperparameters: Hyperparameters
    others: dict[tuple[str, str], int]


class EventFileReader:
    """An event file, and how far it was read.

    problem: why nothing more is read, in one sentence; else empty. times: how often it was begun, for a file that was
    replaced or cut is read from its beginning, and what it said before is void.
    """

    def __init__(self, path: Path) -> None:
        self.problem = ""
        self.times = 0
        self._path = path
        self._file: tuple[int, int] | None = None
        self._begin()

    def _begin(self) -> None:
        self._position, self._wanted = 0, HEAD
        self._framing, self._shapes = Framing(), ScalarShapes()
        self.problem = ""
        self.times += 1

    def new(self) -> Iterator[Piece]:
        """What was written since the last call.

        Raises:
            OSError: it cannot be read; but one that is not there, or is no file, says nothing.
        """
        try:
            descriptor = os.open(self._path, os.O_RDONLY | os.O_NONBLOCK)
        except FileNotFoundError:
            return
        with os.fdopen(descriptor, "rb", buffering=0) as file:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                return
            if (status.st_dev, status.st_ino) != self._file or status.st_size < self._position:
                if self._file is not None:
                    self._begin()
                self._file = (status.st_dev, status.st_ino)
            while not self.problem and status.st_size - self._position >= self._wanted:
                file.seek(self._position)
                data = file.read(max(_PIECE, self._wanted))
                frames = self._framing.frames(data, self._position)
                if not frames.used and not frames.problem and frames.wanted <= self._wanted:
                    return  # it was cut after its size was asked
                decoded = self._shapes.decoded(data, frames.starts, frames.ends)
                if decoded.broken is None:
                    self.problem = frames.problem
                else:
                    self.problem = f"the record at byte {self._position + decoded.broken - HEAD} is no event"
                self._position, self._wanted = self._position + frames.used, frames.wanted
                yield _piece(decoded)


def _piece(decoded: Decoded) -> Piece:
    points = decoded.points
    texts: dict[str, str] = {}
    hyperparameters: dict[str, Scalar] = {}
    others: Counter[tuple[str, str]] = Counter()
    for place, said in decoded.others:
        for value in said.values:
            if value.scalar is not None:
                points.setdefault(value.tag, []).append(_point(place, said, value.scalar))
            elif value.text is not None:
                texts[value.tag] = value.text
            elif value.hyperparameters is not None:
                hyperparameters.update(value.hyperparameters)
            else:
                others[value.tag, value.kind] += 1
    return Piece(tuple(_scalars(tag, parts) for tag, parts in points.items()), texts, hyperparameters, dict(others))


def _point(place: int, said: Summary, value: float) -> Points:
    return Points(np.array([place]), np.array([said.step]), np.array([said.wall]), np.array([value]))


def _scalars(tag: str, parts: list[Points]) -> Scalars:
    """The points of one tag, in the order of their records."""
    if len(parts) == 1:
        (whole,) = parts
        return Scalars(tag, whole.steps, whole.walls, whole.values)
    order = np.argsort(np.concatenate([part.places for part in parts]), kind="stable")
    steps, walls, values = (
        np.concatenate([getattr(part, name) for part in parts])[order] for name in ("steps", "walls", "values")
    )
    return Scalars(tag, steps, walls, values)
