"""The records of an event file: a length, its checksum, the bytes, their checksum; and so on to the file's end."""

from __future__ import annotations

import struct
from dataclasses import dataclass

import numpy as np

from lstm_engine.formats.event_file.crc32c import Indices, crc32c, crc32c_each, masked, masked_each
from lstm_engine.formats.event_file.numbers_at import numbers_at

_LENGTH, _CHECKSUM = struct.Struct("<Q"), struct.Struct("<I")

#: Bytes before and behind a record's own.
HEAD, FOOT = _LENGTH.size + _CHECKSUM.size, _CHECKSUM.size

#: Of a record, in bytes: larger ones hold no numbers for a chart, and would have to fit in memory.
LARGEST = 1 << 28

#: Different sizes that are remembered.
_MOST_SIZES = 1 << 16


@dataclass(frozen=True)
class Frames:
    """The whole records at the beginning of some bytes.

    starts, ends: of each record's own bytes; shape (records,).
    used: bytes that they take. wanted: bytes there have to be from there on before one more is whole.
    problem: what is wrong with the record behind them, with its place in the file; else empty.
    """

    starts: Indices
    ends: Indices
    used: int
    wanted: int = HEAD
    problem: str = ""


class Framing:
    """Cuts pieces of one file into records, and verifies every checksum."""

    def __init__(self) -> None:
        # There are few different lengths in a file, and a head with one is the same whenever it comes again.
        self._sizes: dict[bytes, int] = {}

    def frames(self, data: bytes, offset: int) -> Frames:
        """The records at the beginning of `data`, which stands in the file at `offset`. A torn last one is left."""
        begins: list[int] = []
        at, last, wanted, problem = 0, len(data) - HEAD, HEAD, ""
        known = self._sizes
        while at <= last:
            head = data[at : at + HEAD]
            size = known.get(head) or self._size(head)
            if size is None or size > LARGEST:
                problem = _problem(offset + at, size)
                break
            begins.append(at)
            at += size
        if at > len(data):
            wanted = at - begins.pop()
            at -= wanted
        places = np.array([*begins, at], np.int64)
        return _verified(data, Frames(places[:-1] + HEAD, places[1:] - FOOT, at, wanted, problem), offset)

    def _size(self, head: bytes) -> int | None:
        """The bytes that a record with this head takes; None where the head's checksum is wrong."""
        length: int = _LENGTH.unpack_from(head)[0]
        if masked(crc32c(head[: _LENGTH.size])) != _CHECKSUM.unpack_from(head, _LENGTH.size)[0]:
            return None
        if len(self._sizes) < _MOST_SIZES:
            self._sizes[head] = HEAD + length + FOOT
        return HEAD + length + FOOT


def _problem(offset: int, size: int | None) -> str:
    if size is None:
        return f"the record at byte {offset} is damaged: the checksum of its length is another one"
    return f"the record at byte {offset} takes {size} bytes: expected at most {LARGEST}"


def framed(data: bytes) -> bytes:
    """A record of these bytes."""
    length = _LENGTH.pack(len(data))
    return b"".join((length, _CHECKSUM.pack(masked(crc32c(length))), data, _CHECKSUM.pack(masked(crc32c(data)))))


def _verified(data: bytes, found: Frames, offset: int) -> Frames:
    """As many of the frames as hold what their checksums are of."""
    if not len(found.starts):
        return found
    checksums = masked_each(crc32c_each(np.frombuffer(data, np.uint8), found.starts, found.ends))
    wrong = np.flatnonzero(checksums != numbers_at(data, found.ends, "<u4"))
    if not len(wrong):
        return found
    first = int(wrong[0])
    used = int(found.starts[first]) - HEAD
    return Frames(
        found.starts[:first],
        found.ends[:first],
        used,
        problem=f"the record at byte {offset + used} is damaged: its checksum is another one",
    )
