"""An engine that this program started: commands in, events out, all in asyncio.

`asyncio.create_subprocess_exec` is not used: its transport kills the child when it is collected, and the engine has to
outlive a dashboard that crashes, in order to finish its epoch and save, or to train on.
"""

from __future__ import annotations

import asyncio
import subprocess
from collections import deque
from collections.abc import AsyncIterator, Callable
from typing import IO

from lstm_engine.protocol.messages import Command, Event, Quit
from tui.client.connection import Connection, split
from tui.options import EngineOptions

_LOG_LINES = 500
#: How often a child whose pipes have ended is asked whether it has exited; it mostly has by then.
_REAP_SECONDS = 0.005


class EngineProcess:
    """A running engine. Where its input ends, also as this process is killed, it saves and ends; what trains may go
    on to its target before that.

    pid: of the engine process.
    log: the last lines it wrote to its standard error.
    """

    def __init__(self, process: subprocess.Popen[bytes], on_log: Callable[[str], None] | None) -> None:
        self.pid = process.pid
        self.log: deque[str] = deque(maxlen=_LOG_LINES)
        self._process = process
        self._on_log = on_log

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
        input_, _ = await loop.connect_write_pipe(asyncio.BaseProtocol, stdin)
        self._connection = Connection(await _reader(stdout), input_)
        self._log_ended = asyncio.create_task(self._pump_log(await _reader(stderr)))
        self._ended = asyncio.create_task(self._reap())

    def send(self, command: Command) -> None:
        """Queue one command; nothing happens where the engine no longer reads."""
        self._connection.send(command)

    def close_input(self) -> None:
        """End the engine's input: what trains goes on or not, as is wanted of the run; everything is saved."""
        self._connection.close()

    def lines(self) -> AsyncIterator[bytes]:
        """The engine's output line by line, newlines included, until it ends. For one reader, once."""
        return self._connection.lines()

    def events(self) -> AsyncIterator[Event]:
        """The engine's output as events, until it ends. For one reader, once. Raises as `Connection.events`."""
        return self._connection.events()

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

    async def _pump_log(self, reader: asyncio.StreamReader) -> None:
        async for line in split(reader):
            text = line.decode(errors="replace").rstrip()
            self.log.append(text)
            if self._on_log is not None:
                self._on_log(text)

    async def _reap(self) -> int:
        await asyncio.gather(self._connection.ended, self._log_ended)
        # Polled, since a thread that waits could not be cancelled when the loop ends.
        while (status := self._process.poll()) is None:
            await asyncio.sleep(_REAP_SECONDS)
        self._connection.close()
        return status


async def _reader(pipe: IO[bytes] | None) -> asyncio.StreamReader:
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), pipe)
    return reader
