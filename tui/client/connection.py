"""Lines to and from an engine over whatever connects the two, all in asyncio."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import msgspec

from lstm_engine.protocol.messages import Command, Event, decode_event, encode

_CHUNK = 1 << 16


class ProtocolError(Exception):
    """The engine's output held a line that is no event. The text quotes the line's beginning."""


class Connection:
    """Commands in and events out.

    ended: done once the engine's output has ended.
    """

    def __init__(self, output: asyncio.StreamReader, input_: asyncio.WriteTransport | asyncio.StreamWriter) -> None:
        self._input = input_
        # Unbounded, so that an engine never waits for a slow terminal: what comes is history, and kept anyway.
        self._lines: asyncio.Queue[bytes | None] = asyncio.Queue()
        self.ended = asyncio.create_task(self._pump(output))

    def send(self, command: Command) -> None:
        """Queue one command; nothing happens where the engine no longer reads."""
        if not self._input.is_closing():
            self._input.write(encode(command))

    def close(self) -> None:
        """End the engine's input, once what was sent is on its way."""
        self._input.close()

    async def lines(self) -> AsyncIterator[bytes]:
        """The engine's output line by line, newlines included, until it ends. For one reader, once."""
        while (line := await self._lines.get()) is not None:
            yield line

    async def events(self) -> AsyncIterator[Event]:
        """The engine's output as events, until it ends. For one reader, once.

        Raises:
            ProtocolError: a line is no event.
        """
        async for line in self.lines():
            yield event_of(line)

    async def _pump(self, reader: asyncio.StreamReader) -> None:
        try:
            async for line in split(reader):
                self._lines.put_nowait(line)
        except OSError:
            pass  # a connection that is reset has ended, too
        finally:
            self._lines.put_nowait(None)


def event_of(line: bytes) -> Event:
    """The event in one line of the engine's output; raises ProtocolError where there is none."""
    try:
        return decode_event(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        quoted = line[:80].decode(errors="replace").strip()
        raise ProtocolError(f"the engine sent a line that is no event: {quoted!r} ({error})") from error


async def split(reader: asyncio.StreamReader) -> AsyncIterator[bytes]:
    """Lines of any length; `StreamReader.readline` refuses those that are longer than its buffer."""
    pending = bytearray()
    while chunk := await reader.read(_CHUNK):
        *complete, rest = chunk.split(b"\n")
        for part in complete:
            yield bytes(pending) + part + b"\n"
            pending.clear()
        pending += rest
    if pending:
        yield bytes(pending)
