"""The wire format of protocol buffers, as much of it as event files are made of."""

from __future__ import annotations

import struct
from collections.abc import Iterator

#: How a field is laid out.
VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5

_DOUBLE, _FLOAT = struct.Struct("<d"), struct.Struct("<f")

#: What number, layout, and place a field has: the value itself of a varint, else where its bytes begin; and their end.
Field = tuple[int, int, int, int]


class WireError(ValueError):
    """The bytes are no message."""


def fields(data: bytes, at: int, end: int) -> Iterator[Field]:
    """The fields of the message in `data[at:end]`. Raises WireError."""
    while at < end:
        key, at = varint(data, at, end)
        number, layout = key >> 3, key & 7
        if layout == VARINT:
            value, at = varint(data, at, end)
            yield number, layout, value, at
            continue
        if layout == BYTES:
            length, at = varint(data, at, end)
        elif layout in (FIXED64, FIXED32):
            length = 8 if layout == FIXED64 else 4
        else:
            raise WireError(f"a field of layout {layout}")
        if length > end - at:
            raise WireError("a field past the message's end")
        yield number, layout, at, at + length
        at += length


def varint(data: bytes, at: int, end: int) -> tuple[int, int]:
    """The number at `at`, and where it ends. Raises WireError."""
    value = shift = 0
    while at < end and shift < 70:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value & 0xFFFF_FFFF_FFFF_FFFF, at
        shift += 7
    raise WireError("a number without an end")


def signed(value: int) -> int:
    """The 64-bit number that a varint stands for where it may be negative."""
    return value - (1 << 64) if value >> 63 else value


def double(data: bytes, at: int) -> float:
    """The 64-bit float at `at`."""
    value: float = _DOUBLE.unpack_from(data, at)[0]
    return value


def single(data: bytes, at: int) -> float:
    """The 32-bit float at `at`."""
    value: float = _FLOAT.unpack_from(data, at)[0]
    return value


def encoded_varint(value: int) -> bytes:
    """A number, of 64 bits where it is negative."""
    value &= 0xFFFF_FFFF_FFFF_FFFF
    found = bytearray()
    while value > 127:
        found.append(value & 127 | 128)
        value >>= 7
    found.append(value)
    return bytes(found)


def encoded_number(number: int, value: int) -> bytes:
    """Field `number`, a varint."""
    return encoded_varint(number << 3 | VARINT) + encoded_varint(value)


def encoded_double(number: int, value: float) -> bytes:
    """Field `number`, a 64-bit float."""
    return encoded_varint(number << 3 | FIXED64) + _DOUBLE.pack(value)


def encoded_bytes(number: int, value: bytes) -> bytes:
    """Field `number`: bytes, a text in UTF-8, or a message."""
    return encoded_varint(number << 3 | BYTES) + encoded_varint(len(value)) + value
