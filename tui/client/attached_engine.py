"""An engine that somebody else started, or that cut this program off: found by its socket."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec

from lstm_engine.errors import UserError
from lstm_engine.protocol.attendance import Join
from lstm_engine.protocol.message import PROTOCOL
from lstm_engine.protocol.messages import Command, EngineReady, Event, Quit, Refused, encode
from lstm_engine.protocol.runtime_folder import check_own_folder
from lstm_engine.text import printable
from tui.client.connection import Connection, ProtocolError, event_of

#: Seconds that an engine may take to answer; it does so at once, in the middle of an epoch as well.
_PATIENCE = 5.0


class _Greeting(msgspec.Struct):
    """What every version's first line has."""

    type: str
    protocol: int = 0
    reason: str = ""


class AttachedEngine:
    """A running engine that goes on when this program leaves.

    ready: its first word.
    """

    def __init__(self, ready: EngineReady, connection: Connection) -> None:
        self.ready = ready
        self._connection = connection

    @classmethod
    async def join(cls, address: Path) -> AttachedEngine:
        """Attend the engine that listens at `address`.

        Raises:
            UserError: what is there is none that can be attended; the text ends a sentence on it.
            OSError: nothing is there, or nobody listens.
        """
        check_own_folder(address.parent)
        if address.lstat().st_uid != os.geteuid():
            raise UserError(f"its socket {address} belongs to another user")
        reader, writer = await asyncio.open_unix_connection(str(address))
        writer.write(encode(Join()))
        connection = Connection(reader, writer)
        try:
            line = await asyncio.wait_for(anext(connection.lines(), b""), _PATIENCE)
            ready = _ready(line)
        except TimeoutError:
            connection.close()
            raise UserError("it does not answer") from None
        except BaseException:
            connection.close()
            raise
        return cls(ready, connection)

    def send(self, command: Command) -> None:
        """Queue one command; nothing happens where the engine no longer reads."""
        self._connection.send(command)

    def close_input(self) -> None:
        """Leave; what trains goes on or not, as is wanted of the run."""
        self._connection.close()

    async def events(self) -> AsyncIterator[Event]:
        """What leads up to now, then what comes, until the engine ends or cuts this one off. Raises ProtocolError."""
        yield self.ready
        async for event in self._connection.events():
            yield event

    async def wait(self) -> None:
        """Wait until nothing comes any more; the exit status is for whoever started it to know."""
        await asyncio.shield(self._connection.ended)

    async def stop(self, patience: float) -> None:
        """Ask the engine to save and exit, and wait for that, `patience` seconds at most."""
        self.send(Quit())
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.wait(), patience)
        self.close_input()


def _ready(line: bytes) -> EngineReady:
    """The first word of an engine that speaks our version. Raises UserError."""
    if not line:
        raise UserError("it ends")
    try:
        greeting = msgspec.json.decode(line, type=_Greeting)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise UserError("it does not speak the protocol of lstm-tui") from None
    if greeting.type == "refused":
        raise UserError(printable(greeting.reason))
    if greeting.protocol != PROTOCOL:
        raise UserError(
            f"it is of another version of lstm-tui (protocol {greeting.protocol}, and this one speaks {PROTOCOL})"
        )
    try:
        event = event_of(line)
    except ProtocolError as error:
        raise UserError(str(error)) from error
    if isinstance(event, Refused):
        raise UserError(event.reason)
    if not isinstance(event, EngineReady):
        raise UserError("it is not ready yet")
    return event
