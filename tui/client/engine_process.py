"""The client side of the engine process: commands in, events out, all in asyncio.

`asyncio.create_subprocess_exec` is not used: its transport kills the child when it is collected, and the engine has to
outlive a dashboard that crashes, in order to finish its epoch and save.
"""

from __future__ import annotations

import asyncio
import subprocess
from collections import deque
from collections.abc import AsyncIterator, Callable
from typing import IO

import msgspec

from lstm_engine.protocol.messages import Command, Event, Quit, decode_event, encode
from tui.options import EngineOptions

_CHUNK = 1 << 16
_LOG_LINES = 500
#: How often a child whose pipes have ended is asked whether it has exited; it mostly has by then.
_REAP_SECONDS = 0.005


class ProtocolError(Exception):
    """The engine's output held a line that is no event. The text quotes the line's beginning."""


class EngineProcess:
    """A running engine. It ends by itself when its input ends, also where this process is killed.

    pid: of the engine process.
    log: the last lines it wrote to its standard error.
    """

    def __init__(self, process: subprocess.Popen[bytes], on_log: Callable[[str], None] | None) -> None:
        self.pid = process.pid
        self.log: deque[str] = deque(maxlen=_LOG_LINES)
        self._process = process
        self._on_log = on_log
        # Unbounded, so that an engine never waits for a slow terminal: what comes is history, and kept anyway.
        self._lines: asyncio.Queue[bytes | None] = asyncio.Queue()

    @classmethod
    async def start(cls, options: EngineOptions, on_log: Callable[[str], None] | None = None) -> EngineProcess:
        """Start the engine, in a session of its own so that the terminal's Ctrl-C and hang-up pass it by.

        on_log: called with every line of its standard error.

        Raises:
            OSError: the program cannot be started.
        """
        pipe = subprocess.PIPE
        process = subprocess.Popen(  # our own interpreter, no shell
            options.argv, stdin=pipe, stdout=pipe, stderr=pipe, bufsize=0, start_new_session=True
        )
        engine = cls(process, on_log)
        await engine._connect(process.stdin, process.stdout, process.stderr)
        return engine

    async def _connect(self, stdin: IO[bytes] | None, stdout: IO[bytes] | None, stderr: IO[bytes] | None) -> None:
        loop = asyncio.get_running_loop()
        self._input, _ = await loop.connect_write_pipe(asyncio.BaseProtocol, stdin)
        output = asyncio.create_task(self._pump_output(await _reader(stdout)))
        log = asyncio.create_task(self._pump_log(await _reader(stderr)))
        self._ended = asyncio.create_task(self._reap(output, log))

    def send(self, command: Command) -> None:
        """Queue one command; nothing happens where the engine no longer reads."""
        if not self._input.is_closing():
            self._input.write(encode(command))

    def close_input(self) -> None:
        """End the engine's input: it finishes the epoch, saves and exits."""
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

    async def wait(self) -> int:
        """The exit status (negative: the signal that ended it), once output and log have ended too."""
        return await asyncio.shield(self._ended)

    async def stop(self, patience: float) -> int:
        """Ask the engine to save and exit; after `patience` seconds kill it. The exit status, as `wait` has it."""
        self.send(Quit())
        self.close_input()
        try:
            return await asyncio.wait_for(self.wait(), patience)
        except TimeoutError:
            self._process.kill()
            return await self.wait()

    async def _pump_output(self, reader: asyncio.StreamReader) -> None:
        async for line in _split(reader):
            self._lines.put_nowait(line)
        self._lines.put_nowait(None)

    async def _pump_log(self, reader: asyncio.StreamReader) -> None:
        async for line in _split(reader):
            text = line.decode(errors="replace").rstrip()
            self.log.append(text)
            if self._on_log is not None:
                self._on_log(text)

    async def _reap(self, *pumps: asyncio.Task[None]) -> int:
        await asyncio.gather(*pumps)
        # Polled, since a thread that waits could not be cancelled when the loop ends.
        while (status := self._process.poll()) is None:
            await asyncio.sleep(_REAP_SECONDS)
        self._input.close()
        return status


def event_of(line: bytes) -> Event:
    """The event in one line of the engine's output; raises ProtocolError where there is none."""
    try:
        return decode_event(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        quoted = line[:80].decode(errors="replace").strip()
        raise ProtocolError(f"the engine sent a line that is no event: {quoted!r} ({error})") from error


async def _reader(pipe: IO[bytes] | None) -> asyncio.StreamReader:
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), pipe)
    return reader


async def _split(reader: asyncio.StreamReader) -> AsyncIterator[bytes]:
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
