"""Whatever may listen where an engine is looked for."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path


class Greeter:
    """Says the same to everybody who connects, and remembers what it heard."""

    def __init__(self, path: Path, says: bytes, *, hangs_up: bool) -> None:
        self.path = path
        self.heard = bytearray()
        self.left = asyncio.Event()
        self._says = says
        self._hangs_up = hangs_up
        self._writers: list[asyncio.StreamWriter] = []

    async def greet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.append(writer)
        writer.write(self._says)
        with contextlib.suppress(OSError):
            if self._hangs_up:
                self.heard += await reader.readline()
                writer.close()
            while data := await reader.read(4096):
                self.heard += data
        self.left.set()

    def hang_up(self) -> None:
        for writer in self._writers:
            writer.close()


@asynccontextmanager
async def greeter(path: Path, says: bytes, *, hangs_up: bool = False) -> AsyncIterator[Greeter]:
    """Listens at `path` within the block. hangs_up: ends the connection once it has heard a line."""
    made = Greeter(path, says, hangs_up=hangs_up)
    server = await asyncio.start_unix_server(made.greet, str(path))
    try:
        yield made
    finally:
        made.hang_up()
        server.close()
