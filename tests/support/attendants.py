"""Clients of a real engine, as dashboards have them, without a screen: they come, steer, stand still, and go."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import sys
from pathlib import Path

from lstm_engine.protocol.attendance import Detach
from lstm_engine.protocol.messages import (
    AddEpochs,
    Command,
    EngineReady,
    Epochs,
    Event,
    Refused,
    RunOpened,
    TrainingStarted,
)
from lstm_engine.run.config import RunConfig
from tests.support import script
from tui.app.start import link_for
from tui.client.attached_engine import AttachedEngine
from tui.client.engine_process import EngineProcess
from tui.options import DashboardOptions, EngineOptions
from tui.state.reducer import reduce
from tui.state.session import Session
from tui.state.updates import CommandSent, Update

#: Seconds to wait for what must come; only a defect takes that long.
PATIENCE = 120.0
#: Waits for a condition that long.
until = functools.partial(script.until, patience=PATIENCE)
#: An engine that cuts clients off much earlier than usual.
IMPATIENT = (
    "from lstm_engine.protocol import client_queue; client_queue.WAITING_LIMIT = 1 << 16; "
    "from lstm_engine.__main__ import main; main()"
)


def engine_options(root: Path) -> EngineOptions:
    """For an engine that saves often, and has little patience with who does not read."""
    return EngineOptions(checkpoints=root, save_every=0.2, command=(sys.executable, "-c", IMPATIENT))


def check_in_order(stream: list[Event]) -> None:
    """After its greeting a client hears of each epoch once, and in order, but where training goes back."""
    follows: int | None = None
    for event in stream:
        if isinstance(event, Epochs):
            assert follows is None or event.first_epoch == follows
            follows = event.first_epoch + len(event.train_loss)
        elif isinstance(event, RunOpened):
            follows = None
        elif isinstance(event, TrainingStarted) and follows is not None:
            follows = min(follows, event.epoch + 1)


class Attendant:
    """One client: the link and the session of a dashboard.

    streams: what it has heard, a list for each engine that it attended, or attended anew.
    """

    def __init__(self, root: Path, run: str | None, epochs: int) -> None:
        """run: None for a new one, which is trained at once for so many epochs."""
        config = RunConfig()
        options = DashboardOptions(config, epochs, engine_options(root), start=run is None, source=run)
        self.session = Session.loading(config, epochs)
        self.streams: list[list[Event]] = [[]]
        self._link = link_for(options)

    async def come(self) -> None:
        """Attend the engine that holds the run, or else start one; until the run is there."""
        await self._link.start()
        self._following = asyncio.create_task(self._link.follow(self._tell))
        await until(lambda: self.is_in or self.is_out, "the run to be opened")
        assert self.is_in, self.session.failure or self.session.notice

    @property
    def is_in(self) -> bool:
        """It has heard where the run stands."""
        return any(isinstance(event, RunOpened) for event in self.streams[-1])

    @property
    def is_out(self) -> bool:
        """It hears nothing any more."""
        if not self._following.done():
            return False
        self._following.result()  # an error of its own is told
        return True

    @property
    def was_found(self) -> bool:
        """Its engine was there before it."""
        return self._link.is_attached

    def is_paused_with(self, other: Attendant) -> bool:
        """Both have heard that the run is paused at one epoch, and of all epochs up to that."""
        sessions = (self.session, other.session)
        return (
            all(one.state == "paused" and one.history.last_epoch == one.epoch for one in sessions)
            and self.session.epoch == other.session.epoch
        )

    def send(self, command: Command) -> None:
        self._link.send(command)
        self._tell(CommandSent(command))

    async def trains_on(self) -> None:
        """Until it has heard of another epoch, or that nothing is trained."""
        epoch = self.session.epoch
        await until(
            lambda: self.session.epoch > epoch or self.session.state != "training" or self.is_out,
            f"an epoch after {epoch}",
        )

    async def is_heard(self) -> None:
        """Until all that it has asked for is done: what is refused comes last.

        What it said as it was cut off was heard by nobody; then it asks anew.
        """
        heard = self._refusals()
        while self._refusals() == heard and not self.is_out:
            attended = len(self.streams)
            self.send(AddEpochs(epochs=-1))
            await until(
                lambda: self._refusals() > heard or self.is_out or len(self.streams) > attended,  # noqa: B023
                "an answer",
            )

    def _refusals(self) -> int:
        return sum(isinstance(event, Refused) for stream in self.streams for event in stream)

    async def leave_running(self) -> bool:
        """`D`: whether it has left; it stays where nothing is trained."""
        self.send(Detach())
        await until(lambda: not self.session.detaching or self.is_out, "an answer to D")
        if not self.session.detached:
            return False
        await self._link.end(0.0)
        await self._forget()
        return True

    async def hang_up(self) -> None:
        """Its terminal is gone: it says nothing any more."""
        engine = self._link._engine
        if engine is not None:
            engine.close_input()
        await self._forget()

    async def die(self) -> None:
        """As of SIGKILL: the kernel closes what it had open, read or not."""
        engine = self._link._engine
        if isinstance(engine, AttachedEngine):
            engine._connection._input.transport.abort()  # type: ignore[union-attr]
        elif isinstance(engine, EngineProcess):
            engine._connection._input.abort()  # type: ignore[union-attr]
        await self._forget()

    def stand_still(self) -> None:
        """Read nothing for a while, as of SIGSTOP; one whose engine is its own child reads on."""
        if (transport := self._socket()) is not None:
            transport.pause_reading()

    def go_on(self) -> None:
        """As of SIGCONT."""
        if (transport := self._socket()) is not None:
            transport.resume_reading()

    def check(self) -> None:
        """It was told every epoch once."""
        for stream in self.streams:
            check_in_order(stream)

    def _socket(self) -> asyncio.ReadTransport | None:
        engine = self._link._engine
        if not isinstance(engine, AttachedEngine):
            return None
        transport = engine._connection._input.transport  # type: ignore[union-attr]
        return None if transport.is_closing() else transport

    async def _forget(self) -> None:
        self._following.cancel()
        for task in (self._following, *self._link._hearing):
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError, Exception):
                await task

    def _tell(self, update: Update) -> None:
        if isinstance(update, EngineReady):
            self.streams.append([])
        if isinstance(update, Event):
            self.streams[-1].append(update)
        self.session = reduce(self.session, update)
