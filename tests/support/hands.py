"""A dashboard on scripted events, and the hands that press its keys."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Input

from lstm_engine.protocol.messages import Event
from tests.support.script import Bench, handled, press, until
from tui.screens.main_screen import MainScreen
from tui.screens.questions import Question
from tui.state.session import Session

WIDE, NARROW, SMALL = (160, 48), (80, 24), (60, 20)


class Hands:
    """What presses the keys, and reads the screen."""

    def __init__(self, bench: Bench, pilot: Pilot[None]) -> None:
        self.bench = bench
        self.app = bench.app
        self.pilot = pilot

    @property
    def session(self) -> Session:
        assert self.app.session is not None
        return self.app.session

    @property
    def screen(self) -> MainScreen:
        return next(screen for screen in self.app.screen_stack if isinstance(screen, MainScreen))

    async def press(self, *keys: str) -> None:
        await press(self.pilot, *keys)
        await self._drawn()

    async def click(self, widget: Widget | type[Widget] | None = None, offset: tuple[int, int] = (0, 0)) -> None:
        await self.pilot.click(widget, offset)
        await handled(self.pilot)
        await self._drawn()

    async def say(self, *events: Event) -> None:
        self.bench.engine.feed(*events)
        await until(lambda: self.bench.engine.drained and self.app.is_drawn)

    async def _drawn(self) -> None:
        await until(lambda: self.app.is_drawn or not self.app.is_running)

    async def question(self) -> Input:
        await until(lambda: isinstance(self.app.screen, Question) and self.app.focused is not None)
        return self.app.screen.query_one(Input)

    async def closed(self) -> None:
        await until(lambda: self.app.screen is self.screen)


@asynccontextmanager
async def dashboard(bench: Bench, size: tuple[int, int] = WIDE) -> AsyncIterator[Hands]:
    """The dashboard, once the script is played."""
    await bench.link.start()
    async with bench.app.run_test(size=size) as pilot:
        await until(lambda: bench.app.session is not None and bench.engine.drained)
        await until(lambda: isinstance(bench.app.screen, MainScreen) and bench.app.is_drawn)
        yield Hands(bench, pilot)
