"""Hyperparameters as TensorBoard's page HPARAMS reads them: three messages, `HParamsPluginData`, beside the metrics.

The experiment names the hyperparameters and the metrics, the session's start has the values, its end that it ended.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lstm_engine.formats.event_file.wire import (
    BYTES,
    FIXED64,
    VARINT,
    double,
    encoded_bytes,
    encoded_double,
    encoded_number,
    fields,
)

#: Of one hyperparameter.
Scalar = bool | int | float | str | None
Hyperparameters = Mapping[str, Scalar]

PLUGIN = "hparams"
EXPERIMENT, START, END = "_hparams_/experiment", "_hparams_/session_start_info", "_hparams_/session_end_info"

#: Kinds of a hyperparameter (`DataType`), and how a session ends (`Status`).
_STRING, _BOOL, _NUMBER = 1, 2, 3
_SUCCESS = 1


def decoded(content: bytes) -> Hyperparameters:
    """What a session's start says; nothing where this is another of the three. Raises WireError."""
    found: dict[str, Scalar] = {}
    for number, layout, begin, end in fields(content, 0, len(content)):
        if number == 3 and layout == BYTES:
            for inner, kind, first, last in fields(content, begin, end):
                if inner == 1 and kind == BYTES:
                    name, value = _entry(content, first, last)
                    found[name] = value
    return found


def experiment(names: Hyperparameters, metrics: Iterable[str]) -> bytes:
    """Which hyperparameters and metrics there are; what is None is left out."""
    infos = b"".join(
        encoded_bytes(4, encoded_bytes(1, name.encode()) + encoded_number(4, _kind(value)))
        for name, value in names.items()
        if value is not None
    )
    tags = b"".join(encoded_bytes(5, encoded_bytes(1, encoded_bytes(2, name.encode()))) for name in metrics)
    return encoded_bytes(2, infos + tags)


def session_start(values: Hyperparameters, wall: float) -> bytes:
    """The values; what is None is left out."""
    entries = b"".join(
        encoded_bytes(1, encoded_bytes(1, name.encode()) + encoded_bytes(2, _encoded(value)))
        for name, value in values.items()
        if value is not None
    )
    return encoded_bytes(3, entries + encoded_double(5, wall))


def session_end(wall: float) -> bytes:
    """That it ended well."""
    return encoded_bytes(4, encoded_number(1, _SUCCESS) + encoded_double(2, wall))


def _entry(content: bytes, at: int, end: int) -> tuple[str, Scalar]:
    """A name, and its value (`google.protobuf.Value`)."""
    name, value = "", None
    for number, layout, begin, stop in fields(content, at, end):
        if number == 1 and layout == BYTES:
            name = content[begin:stop].decode(errors="replace")
        elif number == 2 and layout == BYTES:
            value = _value(content, begin, stop)
    return name, value


def _value(content: bytes, at: int, end: int) -> Scalar:
    for number, layout, begin, stop in fields(content, at, end):
        if number == 2 and layout == FIXED64:
            return double(content, begin)
        if number == 3 and layout == BYTES:
            return content[begin:stop].decode(errors="replace")
        if number == 4 and layout == VARINT:
            return bool(begin)
    return None


def _encoded(value: Scalar) -> bytes:
    if isinstance(value, bool):
        return encoded_number(4, int(value))
    if isinstance(value, int | float):
        return encoded_double(2, float(value))
    return encoded_bytes(3, str(value).encode())


def _kind(value: Scalar) -> int:
    if isinstance(value, bool):
        return _BOOL
    return _NUMBER if isinstance(value, int | float) else _STRING
