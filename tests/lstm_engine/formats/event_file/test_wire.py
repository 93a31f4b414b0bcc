"""The wire format: what is encoded is read again, and what is no message is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tensorboard.compat.proto.event_pb2 import Event

from lstm_engine.formats.event_file.wire import (
    WireError,
    double,
    encoded_bytes,
    encoded_double,
    encoded_number,
    encoded_varint,
    fields,
    signed,
    single,
    varint,
)


@given(st.integers(-(2**63), 2**63 - 1))
def test_a_number_comes_back(number: int) -> None:
    data = encoded_varint(number)
    value, end = varint(data, 0, len(data))
    assert (signed(value), end) == (number, len(data))


def test_it_is_what_protocol_buffers_write() -> None:
    event = Event(wall_time=1.5, step=-3, file_version="brain.Event:2")
    ours = encoded_double(1, 1.5) + encoded_number(2, -3) + encoded_bytes(3, b"brain.Event:2")
    assert ours == event.SerializeToString()
    (wall, step, version) = fields(ours, 0, len(ours))
    assert double(ours, wall[2]) == 1.5
    assert signed(step[2]) == -3
    assert ours[version[2] : version[3]] == b"brain.Event:2"
    assert single(b"..\x00\x00\xc0\x3f", 2) == 1.5


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\x80", "without an end"),
        (b"\x08" + b"\xff" * 11, "without an end"),
        (b"\x0a\x05abc", "past the message's end"),
        (b"\x09\x00", "past the message's end"),
        (b"\x0b", "layout 3"),
    ],
)
def test_what_is_no_message_is_told(data: bytes, said: str) -> None:
    with pytest.raises(WireError, match=said):
        list(fields(data, 0, len(data)))


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_told(data: bytes) -> None:
    try:
        found = list(fields(data, 0, len(data)))
    except WireError:
        return
    assert all(0 <= end <= len(data) for *_, end in found)
