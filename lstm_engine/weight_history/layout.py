"""What a file of parameters holds: the tensors, one behind the other in every record, and how its bytes are laid out.

    MAGIC, u32 bytes of the JSON, u32 number of half records, JSON of the tensors' names and shapes,
    half records (16-bit), full records (32-bit) up to the file's end

Records of a kind are of one size. Only full records are ever appended, so that a file that was torn anywhere lacks its
last one and no other. All numbers are little-endian.
"""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

MAGIC = b"lstm-tui weights 1\n"
_NUMBERS = struct.Struct("<II")

Values = NDArray[np.float32]
#: Records of one kind, with the fields of `Layout.record`.
Records = NDArray[Any]


@dataclass(frozen=True)
class Layout:
    """tensors: the name and the shape of each, in the order in which their values stand in a record."""

    tensors: tuple[tuple[str, tuple[int, ...]], ...]

    @cached_property
    def count(self) -> int:
        """Values of a record."""
        return sum(math.prod(shape) for _, shape in self.tensors)

    def record(self, *, is_full: bool) -> np.dtype[Any]:
        """epoch: completed ones, from 1 on. crc: of the values' bytes. loss: of the validation; NaN for none."""
        number = "<f4" if is_full else "<f2"
        return np.dtype([("epoch", "<u4"), ("crc", "<u4"), ("loss", "<f8"), ("values", number, (self.count,))])

    def header(self, halves: int) -> bytes:
        """The file's beginning. halves: how many half records it has."""
        json = msgspec.json.encode(self.tensors)
        return MAGIC + _NUMBERS.pack(len(json), halves) + json

    def split(self, values: NDArray[Any]) -> dict[str, Values]:
        """A record's values by the tensors' names, each in its shape, 32-bit."""
        ends = np.cumsum([math.prod(shape) for _, shape in self.tensors])
        parts = np.split(values.astype(np.float32, copy=False), ends[:-1])
        return {name: part.reshape(shape) for (name, shape), part in zip(self.tensors, parts, strict=True)}


def read_layout(data: bytes) -> tuple[Layout, int, int]:
    """The layout of a file, how many half records it has, and where they begin.

    Raises:
        ValueError: it is no such file.
    """
    start = len(MAGIC) + _NUMBERS.size
    if len(data) < start or not data.startswith(MAGIC):
        raise ValueError("it does not begin as a history of parameters")
    length, halves = _NUMBERS.unpack_from(data, len(MAGIC))
    found = msgspec.json.decode(data[start : start + length], type=tuple[tuple[str, tuple[int, ...]], ...])
    if not found or not all(1 <= len(shape) <= 2 and min(shape) > 0 for _, shape in found):
        raise ValueError("it has no tensors, or some that are no vectors and no matrices")
    return Layout(found), halves, start + length
