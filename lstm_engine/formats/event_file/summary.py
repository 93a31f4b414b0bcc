"""What one record of an event file says, whatever it is made of. Slow: `scalar_shapes` knows what comes again."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from lstm_engine.formats.event_file.hyperparameters import PLUGIN, Hyperparameters, decoded
from lstm_engine.formats.event_file.wire import (
    BYTES,
    FIXED32,
    FIXED64,
    VARINT,
    double,
    fields,
    signed,
    single,
    varint,
)

#: Kinds of tensors (`DataType`), and how one number of theirs is stored in `tensor_content`.
_NUMBERS = {1: "<f", 2: "<d", 3: "<i", 4: "<B", 5: "<h", 6: "<b", 9: "<q", 10: "<?"}
_STRING = 7

#: What a value is that is no number, by its field.
_KINDS = {4: "images", 5: "histograms", 6: "audio"}


@dataclass(frozen=True)
class Value:
    """What a summary says under one tag: one of the others is there, or else `kind` says what it is.

    scalar_at: where the bytes of a scalar begin that is a 32-bit float; -1 where it is none.
    kind: such as `histograms`.
    """

    tag: str
    scalar: float | None = None
    scalar_at: int = -1
    text: str | None = None
    hyperparameters: Hyperparameters | None = None
    kind: str = ""


@dataclass(frozen=True)
class Summary:
    """One record. wall: seconds since 1970."""

    wall: float = 0.0
    step: int = 0
    values: tuple[Value, ...] = ()


@dataclass(frozen=True)
class _Tensor:
    """scalar, text: what it holds where that is one number, or text."""

    scalar: float | None = None
    scalar_at: int = -1
    text: str | None = None


def summary(data: bytes, at: int, end: int) -> Summary:
    """What the record in `data[at:end]` says. Raises WireError where it is none."""
    wall, step, values = 0.0, 0, []
    for number, layout, begin, stop in fields(data, at, end):
        if number == 1 and layout == FIXED64:
            wall = double(data, begin)
        elif number == 2 and layout == VARINT:
            step = signed(begin)
        elif number == 5 and layout == BYTES:
            values += [
                _value(data, first, last) for inner, kind, first, last in fields(data, begin, stop)
                if inner == 1 and kind == BYTES
            ]  # fmt: skip
    return Summary(wall, step, tuple(values))


def _value(data: bytes, at: int, end: int) -> Value:
    tag, found, kind, plugin, content = "", _Tensor(), "", "", b""
    for number, layout, begin, stop in fields(data, at, end):
        if number == 1 and layout == BYTES:
            tag = _text(data, begin, stop)
        elif number == 2 and layout == FIXED32:
            found = _Tensor(single(data, begin), begin)
        elif number == 8 and layout == BYTES:
            found = _tensor(data, begin, stop)
        elif number == 9 and layout == BYTES:
            plugin, content = _plugin(data, begin, stop)
        elif number in _KINDS:
            kind = _KINDS[number]
    if plugin == PLUGIN:
        return Value(tag, hyperparameters=decoded(content))
    if found.scalar is None and found.text is None:
        return Value(tag, kind=kind or plugin or "tensors")
    return Value(tag, found.scalar, found.scalar_at, found.text)


def _tensor(data: bytes, at: int, end: int) -> _Tensor:
    kind, has_sizes, content, numbers, text = 0, False, None, [], None
    for number, layout, begin, stop in fields(data, at, end):
        if number == 1 and layout == VARINT:
            kind = begin
        elif number == 2 and layout == BYTES:
            has_sizes = any(inner == 2 for inner, *_ in fields(data, begin, stop))
        elif number == 4 and layout == BYTES:
            content = (begin, stop)
        elif number == 8 and layout == BYTES:
            text = _text(data, begin, stop) if text is None else f"{text}\n{_text(data, begin, stop)}"
        elif number in (5, 6, 7, 10, 11):
            numbers.append((number, layout, begin, stop))
    if kind == _STRING:
        return _Tensor(text=text)
    if has_sizes or kind not in _NUMBERS:
        return _Tensor()
    if content is not None and content[1] > content[0]:
        return _of_content(data, _NUMBERS[kind], *content)
    return _of_fields(data, numbers)


def _of_content(data: bytes, form: str, at: int, end: int) -> _Tensor:
    if struct.calcsize(form) != end - at:
        return _Tensor()
    return _Tensor(float(struct.unpack_from(form, data, at)[0]), at if form == "<f" else -1)


def _of_fields(data: bytes, numbers: list[tuple[int, int, int, int]]) -> _Tensor:
    """The one number in float_val, double_val, int_val, int64_val or bool_val, packed or not."""
    if len(numbers) != 1:
        return _Tensor()
    ((number, layout, begin, stop),) = numbers
    if number == 5 and layout in (FIXED32, BYTES) and stop - begin == 4:
        return _Tensor(single(data, begin), begin)
    if number == 6 and layout in (FIXED64, BYTES) and stop - begin == 8:
        return _Tensor(double(data, begin))
    if number in (7, 10, 11) and layout == VARINT:
        return _Tensor(float(signed(begin)))
    if number in (7, 10, 11) and layout == BYTES and stop > begin:
        value, after = varint(data, begin, stop)
        return _Tensor(float(signed(value))) if after == stop else _Tensor()
    return _Tensor()


def _plugin(data: bytes, at: int, end: int) -> tuple[str, bytes]:
    """Whose value it is by its metadata, and what that wrote of it."""
    for number, layout, begin, stop in fields(data, at, end):
        if number == 1 and layout == BYTES:
            parts = {
                inner: data[first:last] for inner, kind, first, last in fields(data, begin, stop) if kind == BYTES
            }
            return parts.get(1, b"").decode(errors="replace"), parts.get(2, b"")
    return "", b""


def _text(data: bytes, at: int, end: int) -> str:
    return data[at:end].decode(errors="replace")
