"""The link to the engine process: it opens the run, hands every event on, and ends when the engine does."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from lstm_engine.protocol.messages import (
    Command,
    EngineReady,
    Event,
    NewRun,
    OpenRun,
    Refused,
    RunOpened,
    Stopped,
    Train,
)
from tui.client.engine_process import ProtocolError
from tui.options import DashboardOptions

if TYPE_CHECKING:
    from lstm_engine.run.history import Columns, History
    from tui.state.updates import Update


class RunningEngine(Protocol):
    """What the link needs of an engine, as `EngineProcess` has it; a test may have its own."""

    def send(self, command: Command) -> None: ...
    def events(self) -> AsyncIterator[Event]: ...
    def close_input(self) -> None: ...
    async def wait(self) -> int: ...
    async def stop(self, patience: float) -> int: ...


StartEngine = Callable[[Callable[[str], None]], Awaitable[RunningEngine]]
ReadHistory = Callable[[Path, "Columns"], "History"]

#: Seconds that an engine that talks nonsense gets to save.
_PATIENCE = 2.0


class EngineLink:
    """One engine at a time.

    start: starts an engine; it is given the callback for the engine's log lines.
    read_history: reads a run's history from its directory.
    opening: the command that opens the run.
    train: train at once when it is open, to the target it has left, or else that many epochs; None does not.
    """

    def __init__(
        self, start: StartEngine, read_history: ReadHistory, opening: Command, train: int | None = None
    ) -> None:
        self._start = start
        self._read_history = read_history
        self._opening = opening
        self._train = train
        self._engine: RunningEngine | None = None
        self._ready = False
        self._opened = False
        self._stopped = False
        self._refusal = ""
        self._early_log: list[str] = []
        self._tell_log: Callable[[str], None] = self._early_log.append

    @classmethod
    def for_options(cls, options: DashboardOptions, start: StartEngine, read_history: ReadHistory) -> EngineLink:
        """A link that opens what the options ask for, and trains where they say so."""
        opening: Command = NewRun(config=options.config)
        if options.source is not None:
            opening = OpenRun(source=options.source, config=options.config)
        return cls(start, read_history, opening, options.epochs if options.start else None)

    async def start(self) -> None:
        """Start the engine, so that it loads while the caller does something else; `follow` reads it."""
        self._ready = self._opened = self._stopped = False
        try:
            self._engine = await self._start(lambda line: self._tell_log(line))
        except OSError as error:
            self._refusal = f"the engine cannot be started: {error}"

    def send(self, command: Command) -> None:
        """Send a command; nothing happens where there is no engine."""
        if self._engine is not None:
            self._engine.send(command)

    async def follow(self, tell: Callable[[Update], None]) -> None:
        """Hand on what the engine says until it says no more; the last update is always EngineGone."""
        from tui.state.updates import EngineGone, LineLogged

        def tell_log(line: str) -> None:
            tell(LineLogged(line))

        self._tell_log = tell_log
        for line in self._early_log:
            tell_log(line)
        self._early_log.clear()
        if self._engine is None:
            tell(EngineGone(reason=self._refusal))
            return
        try:
            async for event in self._engine.events():
                await self._take(event, tell)
            status = await self._engine.wait()
        except ProtocolError as error:
            await self._engine.stop(_PATIENCE)
            self._engine = None
            tell(EngineGone(reason=str(error)))
        else:
            self._engine = None
            tell(EngineGone(status))

    async def _take(self, event: Event, tell: Callable[[Update], None]) -> None:
        try:
            tell(event)
        except (LookupError, ValueError) as error:  # well-formed, but not of the run that is open
            raise ProtocolError(f"the engine sent a {type(event).__name__} that does not fit: {error!r}") from error
        if isinstance(event, EngineReady):
            self._ready = True
            self.send(self._opening)
        elif isinstance(event, Refused) and event.command in ("new_run", "open_run"):
            self._train = None
        elif isinstance(event, Stopped):
            self._stopped = True
        elif isinstance(event, RunOpened):
            self._opened = True
            if event.directory is not None:
                await self._tell_histories(event, Path(event.directory), tell)
            if self._train is not None:
                self.send(Train() if event.target > event.epoch else Train(epochs=self._train))
                self._train = None
        await asyncio.sleep(0)  # a queue that is never empty would keep the keys waiting

    async def _tell_histories(self, event: RunOpened, directory: Path, tell: Callable[[Update], None]) -> None:
        from lstm_engine.run.history import Columns
        from tui.state.updates import HistoryRead, ParentRead, Said

        columns = Columns(event.config.data.names, tuple(spec.name for spec in event.parameters))
        try:
            if event.epoch > 0:
                tell(HistoryRead(await asyncio.to_thread(self._read_history, directory, columns)))
        except Exception as error:  # whatever is wrong with the file, training can go on without the curve
            tell(Said(f"the run's history cannot be read: {error}", alert=True))
        if event.parent is not None:
            with contextlib.suppress(Exception):  # it may be deleted: only its curve is missing then
                parent = directory.parent / event.parent.run
                tell(ParentRead(await asyncio.to_thread(self._read_history, parent, columns)))

    async def open(self, opening: Command, train: int | None, tell: Callable[[Update], None]) -> None:
        """Have the engine open a run, and train it at once as `__init__` says.

        Where the engine is gone, a new one is started and followed until its end.
        """
        self._opening, self._train = opening, train
        if self._engine is None:
            await self.start()
            await self.follow(tell)
        elif self._ready:
            self.send(opening)

    async def end(self, patience: float) -> bool:
        """End the engine's input, and wait a while for it to go. Whether it is gone, or has said that it goes.

        An engine in the middle of a long epoch saves and goes by itself later.
        """
        engine = self._engine
        if engine is None or self._stopped:
            return True
        if not self._opened:  # it is loading PyTorch and has nothing to save
            await engine.stop(0)
            return True
        engine.close_input()
        try:
            await asyncio.wait_for(engine.wait(), patience)
        except TimeoutError:
            return False
        return True
