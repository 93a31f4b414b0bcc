"""Lines to and from an engine, however they are cut up on the way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_engine.protocol.messages import Notice, Pause, encode
from tui.client.connection import Connection, ProtocolError, event_of, split


class Input:
    """What is written to the engine."""

    def __init__(self) -> None:
        self.written: list[bytes] = []
        self.closed = False

    def write(self, data: bytes) -> None:
        self.written.append(data)

    def is_closing(self) -> bool:
        return self.closed

    def close(self) -> None:
        self.closed = True


def reader_of(*chunks: bytes) -> asyncio.StreamReader:
    reader = asyncio.StreamReader()
    for chunk in chunks:
        reader.feed_data(chunk)
    reader.feed_eof()
    return reader


async def all_of(lines: AsyncIterator[bytes]) -> list[bytes]:
    return [line async for line in lines]


@given(chunks=st.lists(st.sampled_from([b"", b"\n", b"a", b"bc\n", b"\n\nd", b"e" * 70_000])))
async def test_lines_come_as_they_were_written(chunks: list[bytes]) -> None:
    assert await all_of(split(reader_of(*chunks))) == b"".join(chunks).splitlines(keepends=True)


async def test_commands_go_out_until_the_input_is_closed() -> None:
    input_ = Input()
    connection = Connection(reader_of(), input_)  # type: ignore[arg-type]
    connection.send(Pause())
    connection.close()
    connection.send(Pause())
    await connection.ended
    assert (input_.written, input_.closed) == ([encode(Pause())], True)


async def test_a_line_that_was_read_ahead_is_not_among_the_events() -> None:
    connection = Connection(reader_of(b"hello\n", encode(Notice(text="a"))), Input())  # type: ignore[arg-type]
    assert await anext(connection.lines()) == b"hello\n"
    assert [event async for event in connection.events()] == [Notice(text="a")]


async def test_a_connection_that_is_reset_has_ended() -> None:
    reader = asyncio.StreamReader()
    connection = Connection(reader, Input())  # type: ignore[arg-type]
    reader.feed_data(encode(Notice(text="a")))
    reader.set_exception(ConnectionResetError())
    assert await all_of(connection.lines()) in ([], [encode(Notice(text="a"))])
    assert connection.ended.exception() is None


@pytest.mark.parametrize("line", [b"", b"{}\n", b"\xff\n", b'{"type":"pause"}\n', b"Epoch 3: 100%\n"])
def test_what_is_no_event_is_quoted(line: bytes) -> None:
    with pytest.raises(ProtocolError, match="the engine sent a line that is no event: '"):
        event_of(line)
