"""CRC-32C (Castagnoli), and the form of it that stands in event files.

In Python a byte takes 80 ns, and a file holds millions of records of sixty: numpy goes through many of them at once,
a byte of each at a time, and through a long one in blocks that lie below each other.
"""

from __future__ import annotations

import functools

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Checksums = NDArray[np.uint32]
Indices = NDArray[np.int64]

_POLYNOMIAL = 0x82F63B78
_ONES = 0xFFFFFFFF
_MASK = 0xA282EAD8

#: Bytes from which on a text is gone through in blocks, and of a block.
_IN_BLOCKS, _BLOCK = 1 << 14, 256

#: Bytes up to which texts are gone through together, and how many of them at once.
_TOGETHER, _AT_ONCE = 1 << 11, 1 << 12


def _table() -> list[int]:
    found = []
    for value in range(256):
        for _ in range(8):
            value = (value >> 1) ^ (_POLYNOMIAL if value & 1 else 0)
        found.append(value)
    return found


_TABLE = _table()
_STEPS = np.array(_TABLE, np.uint32)


def crc32c(data: bytes) -> int:
    """The checksum of `data`."""
    register = _ONES
    head = len(data) % _BLOCK if len(data) >= _IN_BLOCKS else len(data)
    for byte in data[:head]:
        register = _TABLE[(register ^ byte) & 255] ^ (register >> 8)
    if head < len(data):
        blocks = np.frombuffer(data, np.uint8, offset=head).reshape(-1, _BLOCK)
        first, second, third, fourth = _past_a_block()
        for block in _of_columns(np.zeros(len(blocks), np.uint32), blocks).tolist():
            register = (
                first[register & 255]
                ^ second[register >> 8 & 255]
                ^ third[register >> 16 & 255]
                ^ fourth[register >> 24]
                ^ block
            )
    return register ^ _ONES


def crc32c_each(data: Bytes, starts: Indices, ends: Indices) -> Checksums:
    """The checksum of each of the texts `data[start:end]`; shapes (texts,)."""
    found: Checksums = np.empty(len(starts), np.uint32)
    lengths = ends - starts
    is_long = lengths > _TOGETHER
    for index in np.flatnonzero(is_long).tolist():
        found[index] = crc32c(data[starts[index] : ends[index]].tobytes())
    # By length, so that those that are gone through together end at about the same byte.
    short = np.flatnonzero(~is_long)
    short = short[np.argsort(lengths[short], kind="stable")]
    for begin in range(0, len(short), _AT_ONCE):
        chosen = short[begin : begin + _AT_ONCE]
        found[chosen] = _together(data, starts[chosen], ends[chosen])
    return found


def masked(checksum: int) -> int:
    """The form in which a checksum is stored beside what it is of."""
    return (((checksum >> 15) | (checksum << 17)) + _MASK) & _ONES


def masked_each(checksums: Checksums) -> Checksums:
    """`masked`, of each."""
    turned: Checksums = (checksums >> np.uint32(15)) | (checksums << np.uint32(17))
    return turned + np.uint32(_MASK)


def _together(data: Bytes, starts: Indices, ends: Indices) -> Checksums:
    """The checksums of texts in the order of their lengths, right-aligned: the shorter ones begin later."""
    lengths = ends - starts
    width, shortest = int(lengths.max()), int(lengths.min())
    register: Checksums = np.full(len(starts), _ONES, np.uint32)
    # Before a text's beginning there is a byte of something else, whose effect is undone.
    at = (ends - width)[:, np.newaxis] + np.arange(width)
    for column, values in enumerate(np.ascontiguousarray(data[at].T)):
        register = _stepped(register, values)
        if column < width - shortest:
            register[column + 1 <= width - lengths] = _ONES
    return register ^ np.uint32(_ONES)


def _of_columns(register: Checksums, rows: Bytes) -> Checksums:
    for column in rows.T:
        register = _stepped(register, column)
    return register


def _stepped(register: Checksums, values: Bytes) -> Checksums:
    """Past one byte of each text. The index fits whatever it is: `take` has not to look whether it does."""
    steps: Checksums = _STEPS.take(register.astype(np.uint8) ^ values, mode="wrap")
    return steps ^ (register >> np.uint32(8))


@functools.cache
def _past_a_block() -> list[list[int]]:
    """What each byte of a register, from the lowest, comes to past a block of zeros: the sum of the four is it all."""
    values = np.arange(256, dtype=np.uint32)
    zeros = np.zeros((256, _BLOCK), np.uint8)
    return [_of_columns(values << np.uint32(shift), zeros).tolist() for shift in (0, 8, 16, 24)]
