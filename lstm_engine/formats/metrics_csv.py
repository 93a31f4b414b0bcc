"""`metrics.csv`, as Lightning's CSVLogger keeps it: a row a step at which something was logged, blanks for the rest.

Where a metric comes that none was before, the whole file is written again under another header.
"""

from __future__ import annotations

import csv
import os
import stat
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import numpy as np
from numpy.typing import NDArray

#: The file's name in a run's folder.
METRICS = "metrics.csv"
#: The column that says when.
STEP = "step"

#: Bytes that are read at a time, and of the longest line.
_PIECE = 1 << 22


@dataclass(frozen=True)
class Column:
    """Values of one metric, in the file's order; shapes (values,)."""

    name: str
    steps: NDArray[np.int64]
    values: NDArray[np.float64]


class MetricsCsvReader:
    """A `metrics.csv`, and how far it was read. Each value is told once, however often the file is written again.

    problem: why nothing more is read, in one sentence; else empty. times: how often it was begun, for another file in
    its place is read from its beginning, and what the one before said is void.
    """

    def __init__(self, path: Path) -> None:
        self.problem = ""
        self.times = 1
        self._path = path
        self._file: tuple[int, int] | None = None
        self._header = b""
        self._position = 0
        self._told: Counter[str] = Counter()
        self._last: dict[str, tuple[int, float]] = {}
        self._seen: Counter[str] = Counter()

    def new(self) -> Iterator[list[Column]]:
        """What was written since the last call.

        Raises:
            OSError: it cannot be read; but one that is not there, or is no file, says nothing.
        """
        try:
            descriptor = os.open(self._path, os.O_RDONLY | os.O_NONBLOCK)
        except FileNotFoundError:
            return
        try:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                return
            if (status.st_dev, status.st_ino) != self._file:
                if self._file is not None:
                    self._begin_anew()
                self._file = (status.st_dev, status.st_ino)
            while not self.problem and (lines := self._lines(descriptor)):
                yield self._columns(lines)
        finally:
            os.close(descriptor)

    def _begin_anew(self) -> None:
        self.problem = ""
        self.times += 1
        self._header, self._position = b"", 0
        self._told.clear()
        self._last.clear()

    def _lines(self, descriptor: int) -> bytes:
        """The next whole lines; empty where there is none yet. Raises OSError."""
        while header := self._header_now(descriptor):
            if header != self._header or os.fstat(descriptor).st_size < self._position:
                self._header, self._position = header, len(header)
                self._seen.clear()
            data = os.pread(descriptor, _PIECE, self._position)
            # What was read is of this header, unless the file was written again in the meantime.
            if self._header_now(descriptor) != header:
                continue
            lines = data[: data.rfind(b"\n") + 1]
            if not lines and len(data) == _PIECE:
                self.problem = f"the line at byte {self._position} is too long: expected at most {_PIECE} bytes"
            self._position += len(lines)
            return lines
        return b""

    def _header_now(self, descriptor: int) -> bytes:
        """The first line; empty where there is none yet."""
        data = os.pread(descriptor, len(self._header), 0)
        return data if data and data == self._header else _first_line(os.pread(descriptor, _PIECE, 0))

    def _columns(self, lines: bytes) -> list[Column]:
        text = (self._header + lines).decode(errors="replace").splitlines()
        try:
            header, *rows = csv.reader(text)
        except csv.Error as error:
            self.problem = f"the lines before byte {self._position} are no CSV: {error}"
            return []
        rows = [row for row in rows if len(row) == len(header)]
        columns = dict(zip(header, zip(*rows, strict=True), strict=True)) if rows else {}
        begin = self._seen[STEP]
        self._seen[STEP] += len(rows)
        steps = [_step(cell, begin + index) for index, cell in enumerate(columns.pop(STEP, [""] * len(rows)))]
        found = [self._column(name, steps, cells) for name, cells in columns.items()]
        return [column for column in found if len(column.steps)]

    def _column(self, name: str, steps: Sequence[int], cells: Iterable[str]) -> Column:
        """The values of a metric in some rows that were not told before."""
        points = [
            (step, value) for step, cell in zip(steps, cells, strict=True) if (value := _number(cell)) is not None
        ]
        skipped = min(self._told[name] - self._seen[name], len(points))
        self._seen[name] += len(points)
        if skipped > 0:
            if self._seen[name] >= self._told[name] and _differ(points[skipped - 1], self._last[name]):
                self._file = (-1, -1)  # it is another training's: begun anew at the next look
                return Column(name, np.empty(0, np.int64), np.empty(0))
            points = points[skipped:]
        if points:
            self._told[name] += len(points)
            self._last[name] = points[-1]
        return Column(
            name,
            np.array([step for step, _ in points], np.int64),
            np.array([value for _, value in points], np.float64),
        )


def write_metrics_csv(rows: Iterable[Mapping[str, float | None]], names: Iterable[str], file: TextIO) -> None:
    """Writes rows as CSVLogger does: the columns in alphabetical order, nothing where there is no value.

    names: of all columns. file: opened with `newline=""`.
    """
    writer = csv.DictWriter(file, fieldnames=sorted(names))
    writer.writeheader()
    writer.writerows(rows)


def _first_line(data: bytes) -> bytes:
    """With its end; empty where that is not there yet."""
    return data[: data.find(b"\n") + 1]


def _step(cell: str, row: int) -> int:
    """The step that a row is of; its number where it says none."""
    value = _number(cell)
    return int(value) if value is not None and abs(value) < 2**62 else row


def _number(cell: str) -> float | None:
    try:
        return float(cell)
    except ValueError:
        return None


def _differ(one: tuple[int, float], other: tuple[int, float]) -> bool:
    """Whether they are two points; what is no number is like itself."""
    return one[0] != other[0] or not (one[1] == other[1] or (one[1] != one[1] and other[1] != other[1]))
