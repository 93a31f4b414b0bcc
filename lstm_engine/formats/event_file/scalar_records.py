"""Makes the records of many scalars at once: those of one tag differ in their time, step, value and checksum alone."""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray

from lstm_engine.formats.event_file.crc32c import Bytes, Indices, crc32c_each, masked_each
from lstm_engine.formats.event_file.framing import FOOT, HEAD, framed
from lstm_engine.formats.event_file.wire import encoded_bytes, encoded_varint

#: What stands before the time, before the step, and before the value.
_TIME, _STEP, _VALUE = b"\x09", b"\x10", b"\x15"
#: Where the time is in a record, and the step; how many bytes time, value and checksum have.
_TIME_AT, _STEP_AT, _WIDE, _NARROW = 1, 10, 8, 4


def scalar_records(tag: str, steps: Indices, walls: NDArray[np.float64], values: NDArray[np.float32]) -> bytes:
    """Records, in this order, of the values of one tag. Shapes (values,).

    steps: from 0 to 2**63 - 1. walls: seconds since 1970.
    """
    widths = _widths(steps)
    # Steps of one width have records of one length: those that follow each other are made together.
    cuts = [0, *(np.flatnonzero(np.diff(widths)) + 1).tolist(), len(steps)]
    return b"".join(
        _of_one_width(tag, int(widths[begin]), steps[begin:end], walls[begin:end], values[begin:end])
        for begin, end in itertools.pairwise(cuts)
        if begin < end
    )


def _widths(steps: Indices) -> Indices:
    """How many bytes each step takes."""
    limits = np.left_shift(np.int64(1), 7 * np.arange(1, 9, dtype=np.int64))
    widths: Indices = np.searchsorted(limits, steps, side="right") + 1
    return widths


def _of_one_width(
    tag: str, width: int, steps: Indices, walls: NDArray[np.float64], values: NDArray[np.float32]
) -> bytes:
    value = encoded_bytes(1, tag.encode()) + _VALUE + bytes(_NARROW)
    event = _TIME + bytes(_WIDE) + _STEP + encoded_varint(int(steps[0])) + encoded_bytes(5, encoded_bytes(1, value))
    record = np.frombuffer(framed(event), np.uint8)
    rows: Bytes = np.tile(record, (len(steps), 1))
    end = HEAD + len(event)
    at = HEAD + _TIME_AT
    rows[:, at : at + _WIDE] = _bytes_of(walls.astype("<f8"))
    for byte in range(width):
        goes_on = 128 if byte < width - 1 else 0
        rows[:, HEAD + _STEP_AT + byte] = (steps >> (7 * byte)) & 127 | goes_on
    rows[:, end - _NARROW : end] = _bytes_of(values.astype("<f4"))
    starts = np.arange(len(steps), dtype=np.int64) * len(record) + HEAD
    checksums = masked_each(crc32c_each(rows.reshape(-1), starts, starts + len(event)))
    rows[:, end : end + FOOT] = _bytes_of(checksums.astype("<u4"))
    return rows.tobytes()


def _bytes_of(numbers: NDArray[np.float64] | NDArray[np.float32] | NDArray[np.uint32]) -> Bytes:
    """The bytes of each number, little-endian; shape (numbers, bytes)."""
    return np.ascontiguousarray(numbers).view(np.uint8).reshape(len(numbers), -1)
