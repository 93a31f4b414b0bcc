"""Reads the scalars of many records at once: those of one tag differ in their time, step and value alone.

The bytes of such a record are its time, its step, whatever leads to the value, and the value; and what leads to it is
the same whenever the tag comes again. So these bytes tell the tag, and numpy takes the numbers out.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lstm_engine.formats.event_file.crc32c import Bytes, Indices
from lstm_engine.formats.event_file.key_table import KeyTable
from lstm_engine.formats.event_file.numbers_at import numbers_at
from lstm_engine.formats.event_file.summary import Summary, summary
from lstm_engine.formats.event_file.wire import WireError

#: The first byte of a record, before its time, and the one before its step.
_TIME, _STEP = 0x09, 0x10
#: Where the time is in a record, and the step; and bytes of a step, at most.
_TIME_AT, _STEP_AT, _LONGEST_STEP = 1, 10, 5
#: Bytes of a value.
_VALUE = 4

#: Shapes that are remembered: a tag has one, and another one for what else may be told of it.
_MOST_SHAPES = 1 << 16


@dataclass(frozen=True)
class Points:
    """Some values of one tag. places: where their records begin. All of shape (points,)."""

    places: Indices
    steps: Indices
    walls: NDArray[np.float64]
    values: NDArray[np.float64]


@dataclass(frozen=True)
class Decoded:
    """What some records say.

    points: of each tag, those of records that were known by their shape. others: what every other record says, by
    where it begins. broken: where a record begins that is none; nothing behind it was read. None where there is none.
    """

    points: dict[str, list[Points]]
    others: list[tuple[int, Summary]]
    broken: int | None = None


class ScalarShapes:
    """The shapes that a file's records have had so far."""

    def __init__(self) -> None:
        self._tags: dict[bytes, str] = {}
        self._table = KeyTable()

    def decoded(self, data: bytes, starts: Indices, ends: Indices) -> Decoded:
        """What the records say that `data` has from `starts` to `ends`."""
        lasts = ends - _VALUE
        behinds = _behind_steps(np.frombuffer(data, np.uint8), starts, lasts)
        tags = list(self._tags.values())
        numbers = self._table.numbers(data, behinds, lasts)
        found, others, broken = self._looked_up(data, starts, ends, behinds, np.flatnonzero(numbers < 0))
        if broken is not None:
            numbers[starts >= broken] = -1
        order = np.argsort(numbers, kind="stable")
        groups = np.split(order, np.flatnonzero(np.diff(numbers[order])) + 1)
        found += [(tags[numbers[group[0]]], group) for group in groups if len(group) and numbers[group[0]] >= 0]
        points: dict[str, list[Points]] = {}
        for tag, group in found:
            points.setdefault(tag, []).append(_points(data, starts[group], behinds[group], lasts[group]))
        self._table.add(list(self._tags)[len(tags) :])
        return Decoded(points, others, broken)

    def _looked_up(
        self, data: bytes, starts: Indices, ends: Indices, behinds: Indices, chosen: Indices
    ) -> tuple[list[tuple[str, Indices]], list[tuple[int, Summary]], int | None]:
        """One after another, those of the records that are not in the table: which have a shape that is known, or
        becomes so here, by tag; the rest of what `Decoded` has.
        """
        known: dict[bytes, list[int]] = {}
        others: list[tuple[int, Summary]] = []
        broken = None
        for index in chosen.tolist():
            end = int(ends[index])
            key = data[behinds[index] : end - _VALUE]
            if (records := known.get(key)) is not None:
                records.append(index)
            elif key in self._tags:
                known[key] = [index]
            else:
                start = int(starts[index])
                try:
                    said = summary(data, start, end)
                except WireError:
                    broken = start
                    break
                others.append((start, said))
                self._learn(key, end, said)
        return [(self._tags[key], np.array(records, np.int64)) for key, records in known.items()], others, broken

    def _learn(self, key: bytes, end: int, said: Summary) -> None:
        """Remembers what leads to a value, where it is a record's one scalar, and the last thing in it."""
        is_scalar = len(said.values) == 1 and said.values[0].scalar_at == end - _VALUE
        if key and is_scalar and len(self._tags) < _MOST_SHAPES:
            self._tags[key] = said.values[0].tag


def _behind_steps(raw: Bytes, starts: Indices, lasts: Indices) -> Indices:
    """Where the step of each record ends that begins with its time and its step; of another one, its last place."""
    behinds = np.minimum(starts + _STEP_AT, lasts)
    fits = (lasts - starts > _STEP_AT + _LONGEST_STEP) & (raw[starts] == _TIME) & (raw[behinds - 1] == _STEP)
    at = behinds[fits]
    goes_on = np.ones(len(at), np.bool_)
    for _ in range(_LONGEST_STEP):
        goes_on &= raw[at] > 127
        at += goes_on
    behinds[fits] = at + 1
    # One that does not end within so many bytes is none of the steps that numpy takes out.
    fits[fits] = ~goes_on
    return np.where(fits, behinds, lasts)


def _points(data: bytes, starts: Indices, behinds: Indices, lasts: Indices) -> Points:
    """What records of one shape say. behinds: where their steps end. lasts: where their values begin."""
    raw = np.frombuffer(data, np.uint8)
    steps = np.zeros(len(starts), np.int64)
    begins = starts + _STEP_AT
    widths = behinds - begins
    for byte in range(int(widths.max())):
        bits = (raw[begins + byte].astype(np.int64) & 127) << (7 * byte)
        steps |= np.where(byte < widths, bits, 0)
    values = numbers_at(data, lasts, "<f4").astype(np.float64)
    return Points(starts, steps, numbers_at(data, starts + _TIME_AT, "<f8"), values)
