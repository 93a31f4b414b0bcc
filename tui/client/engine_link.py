"""The link to an engine: it opens a run or joins who has it, hands every event on, and ends when the engine does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from lstm_engine.protocol.attendance import CutOff, Detached, Watchers
from lstm_engine.protocol.messages import (
    Command,
    EngineReady,
    Event,
    NewRun,
    OpenRun,
    Quit,
    Refused,
    RunOpened,
    Stopped,
    Train,
    TrainingStarted,
)
from tui.client.connection import ProtocolError
from tui.client.histories import ReadHistory, tell_histories
from tui.options import DashboardOptions

if TYPE_CHECKING:
    from tui.state.updates import EngineGone, Update


class RunningEngine(Protocol):
    """What the link needs of an engine; a test may have its own."""

    def send(self, command: Command) -> None: ...
    def events(self) -> AsyncIterator[Event]: ...
    def close_input(self) -> None: ...
    async def wait(self) -> int | None: ...
    async def stop(self, patience: float) -> int | None: ...


StartEngine = Callable[[Callable[[str], None]], Awaitable[RunningEngine]]
#: The engine that holds a run already, by what the user calls the run; None where none does, or it is out of reach.
FindEngine = Callable[[str], Awaitable[RunningEngine | None]]

#: Seconds that an engine that talks nonsense gets to save.
_PATIENCE = 2.0


async def find_none(_: str) -> RunningEngine | None:
    """Where no run is held by another process."""
    return None


class EngineLink:
    """One engine at a time.

    start: starts an engine; it is given the callback for the engine's log lines.
    read_history: reads a run's history from its directory.
    opening: the command that opens the run.
    train: train at once when it is open, to the target it has left, or else that many epochs; None does not.
    find: finds the engine that holds a run already.
    """

    def __init__(
        self,
        start: StartEngine,
        read_history: ReadHistory,
        opening: Command,
        train: int | None = None,
        find: FindEngine = find_none,
    ) -> None:
        self._start = start
        self._read_history = read_history
        self._opening = opening
        self._train = train
        self._find = find
        self._engine: RunningEngine | None = None
        self._next: RunningEngine | None = None
        self._is_attached = self._is_next_attached = False
        self._has_next = asyncio.Event()
        self._hearing: set[asyncio.Task[EngineGone]] = set()
        self._directory: str | None = None
        self._forget_engine()
        self._refusal = ""
        self._early_log: list[str] = []
        self._tell_log: Callable[[str], None] = self._early_log.append

    @classmethod
    def for_options(
        cls, options: DashboardOptions, start: StartEngine, read_history: ReadHistory, find: FindEngine = find_none
    ) -> EngineLink:
        """A link that opens what the options ask for, and trains where they say so."""
        opening: Command = NewRun(config=options.config)
        if options.source is not None:
            opening = OpenRun(source=options.source, config=options.config)
        return cls(start, read_history, opening, options.epochs if options.start else None, find)

    @property
    def is_attached(self) -> bool:
        """Whether the engine was found, and goes on when this one leaves."""
        return self._is_attached

    @property
    def is_detached(self) -> bool:
        """Whether the engine has said that training goes on whoever leaves."""
        return self._detached

    async def start(self) -> None:
        """Find the engine that holds the run, or else start one, so that it loads while the caller does something
        else; `follow` reads it.
        """
        self._forget_engine()
        self._engine = await self._found(self._opening)
        self._is_attached = self._engine is not None
        if self._engine is None:
            self._engine = await self._started()

    def send(self, command: Command) -> None:
        """Send a command; nothing happens where there is no engine."""
        if self._engine is not None:
            self._engine.send(command)

    async def follow(self, tell: Callable[[Update], None]) -> None:
        """Hand on what the engine says until it says no more; the last update is always EngineGone."""
        from tui.state.updates import EngineGone, LineLogged

        self._tell_log = lambda line: tell(LineLogged(line))
        while self._early_log:
            self._tell_log(self._early_log.pop(0))
        end = EngineGone(reason=self._refusal)
        while self._engine is not None:
            end = await self._hear_until_another(self._engine, tell) or end
            left, was_cut_off = self._engine, self._cut_off
            self._engine, self._is_attached = await self._successor()
            if was_cut_off:  # not before: an engine that nobody attends may end
                left.close_input()
        tell(end)

    async def open(self, opening: Command, train: int | None, tell: Callable[[Update], None]) -> None:
        """Have a run opened, and trained at once as `__init__` says: by the engine that holds it already, or by this
        one, or by a new one where there is none, or this one is somebody else's.
        """
        self._opening, self._train = opening, train
        if self._engine is None:
            await self.start()
            await self.follow(tell)
            return
        found = await self._found(opening)
        if found is not None:
            self._train = None
            self._change_to(found, is_attached=True)
        elif self._is_attached:
            started = await self._started()
            if started is not None:
                self._change_to(started, is_attached=False)
        elif self._ready:
            self.send(opening)

    async def end(self, patience: float) -> bool:
        """End the engine's input, and wait a while for it to go. Whether it is gone, or has said that it goes.

        An engine in the middle of a long epoch saves and goes by itself later; one that trains may go on.
        """
        engine = self._engine
        if engine is None or self._stopped:
            return True
        if self._is_attached or self._detached:
            engine.close_input()
            return False
        if not self._opened:  # it is loading PyTorch and has nothing to save
            await engine.stop(0)
            return True
        engine.close_input()
        try:
            await asyncio.wait_for(engine.wait(), patience)
        except TimeoutError:
            return False
        return True

    def _forget_engine(self) -> None:
        self._ready = self._opened = self._stopped = self._cut_off = self._detached = False
        self._watchers = 1

    async def _found(self, opening: Command) -> RunningEngine | None:
        """The engine that holds the run that is to be opened, if another one does."""
        if not isinstance(opening, OpenRun):
            return None
        here = self._directory
        if self._engine is not None and here is not None and opening.source in (here, Path(here).name):
            return None
        return await self._find(opening.source)

    async def _started(self) -> RunningEngine | None:
        try:
            return await self._start(lambda line: self._tell_log(line))
        except OSError as error:
            self._refusal = f"the engine cannot be started: {error}"
            return None

    def _change_to(self, engine: RunningEngine, *, is_attached: bool) -> None:
        """Leave the engine that there is, for another; `follow` goes on with that.

        One that this program started, and nobody else attends, saves and ends.
        """
        left, self._next, self._is_next_attached = self._engine, engine, is_attached
        self._has_next.set()
        if left is None:
            return
        if not self._is_attached and self._watchers <= 1:  # as where this engine itself opens another run
            left.send(Quit())
        left.close_input()

    async def _successor(self) -> tuple[RunningEngine | None, bool]:
        """The engine that takes the place of the one that says no more, if any; and whether it was found."""
        was_cut_off = self._cut_off
        self._forget_engine()
        if self._next is not None:
            engine, self._next = self._next, None
            self._has_next.clear()
            return engine, self._is_next_attached
        if was_cut_off and self._directory is not None:
            return await self._find(self._directory), True
        return None, False

    async def _hear_until_another(self, engine: RunningEngine, tell: Callable[[Update], None]) -> EngineGone | None:
        """As `_hear`; None as soon as another engine is to take its place. It may train on, and is read then, too."""
        hearing = asyncio.create_task(self._hear(engine, tell))
        self._hearing.add(hearing)
        hearing.add_done_callback(self._hearing.discard)
        another = asyncio.create_task(self._has_next.wait())
        try:
            await asyncio.wait({hearing, another}, return_when=asyncio.FIRST_COMPLETED)
        except asyncio.CancelledError:
            hearing.cancel()
            raise
        finally:
            another.cancel()
        return hearing.result() if hearing.done() else None

    async def _hear(self, engine: RunningEngine, tell: Callable[[Update], None]) -> EngineGone:
        """Hand on what an engine says until it says no more; nothing of it where another has taken its place."""
        from tui.state.updates import EngineFound, EngineGone

        if self._is_attached:
            tell(EngineFound())
        try:
            async for event in engine.events():
                if engine is not self._engine or self._next is not None:
                    continue
                await self._take(event, tell)
                if self._cut_off:
                    return EngineGone(reason="this terminal did not read for so long that the engine cut it off")
            status = await engine.wait()
            return EngineGone(status, "" if status is not None else "the engine process has ended without a word")
        except ProtocolError as error:
            await engine.stop(_PATIENCE)
            return EngineGone(reason=str(error))

    async def _take(self, event: Event, tell: Callable[[Update], None]) -> None:
        if isinstance(event, CutOff):
            self._cut_off = True
            return
        try:
            tell(event)
        except (LookupError, ValueError) as error:  # well-formed, but not of the run that is open
            raise ProtocolError(f"the engine sent a {type(event).__name__} that does not fit: {error!r}") from error
        match event:
            case EngineReady():
                self._ready = True
                if not self._is_attached:
                    self.send(self._opening)
            case Refused(command="new_run" | "open_run"):
                self._train = None
            case Stopped():
                self._stopped = True
            case Detached():
                self._detached = True
            case Watchers():
                self._watchers = event.count
            case TrainingStarted():
                self._directory = event.directory
            case RunOpened():
                await self._opened_run(event, tell)
        await asyncio.sleep(0)  # a queue that is never empty would keep the keys waiting

    async def _opened_run(self, event: RunOpened, tell: Callable[[Update], None]) -> None:
        self._opened, self._directory = True, event.directory
        if event.directory is not None:
            await tell_histories(event, Path(event.directory), self._read_history, tell)
        if self._train is not None and not self._is_attached:
            self.send(Train() if event.target > event.epoch else Train(epochs=self._train))
        self._train = None
