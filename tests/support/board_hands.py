"""A board on a fed source, and the hands that press its keys."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.pilot import Pilot

from lstm_engine.script.vocabulary.events import Event
from tests.support.board_feed import FedSource
from tests.support.script import at_rest, press, until
from tui.board.app.board_app import BoardApp
from tui.board.screen.board_screen import BoardScreen
from tui.board.state.board import Board
from tui.board.widgets.board_panel import BoardPanel
from tui.board.widgets.metric_chart import MetricChart
from tui.drawing.plotext_private import warm_up
from tui.options import Marker


class BoardHands:
    """What presses the keys, and reads the screen."""

    def __init__(self, app: BoardApp, source: FedSource, pilot: Pilot[None]) -> None:
        self.app = app
        self.source = source
        self.pilot = pilot

    @property
    def screen(self) -> BoardScreen:
        return self.app.board

    @property
    def board(self) -> Board:
        assert self.screen.board is not None
        return self.screen.board

    async def press(self, *keys: str) -> None:
        await press(self.pilot, *keys)
        await self.drawn()

    async def feed(self, *events: Event, output: str = "") -> None:
        self.source.feed(events, output=output)
        await self.drawn()

    async def drawn(self) -> None:
        await until(lambda: self.app.is_drawn or not self.app.is_running)
        if self.app.is_running:
            await at_rest(self.pilot)

    @property
    def charts(self) -> list[MetricChart]:
        return [chart for chart in self.screen.query(MetricChart) if chart.display]

    @property
    def titles(self) -> list[str]:
        """Of the charts on the page."""
        return [chart.title for chart in self.charts]

    def text(self, widget: str) -> str:
        """What the lines of that id say."""
        return "".join(text for text, _ in self.screen.query_one(widget)._pieces)  # type: ignore[attr-defined]

    @property
    def notice(self) -> str:
        return self.text("#board-notice").strip()

    @property
    def rows(self) -> list[str]:
        """The panel's rows, as far as they are in sight, under its heading."""
        rows = self.screen.query_one(BoardPanel).rows
        return [strip.text.rstrip() for strip in rows.render_lines(rows.size.region)]


@asynccontextmanager
async def board(
    source: FedSource, size: tuple[int, int] = (160, 48), marker: Marker = "braille"
) -> AsyncIterator[BoardHands]:
    """The board, once it has drawn what the source was fed."""
    warm_up()
    app = BoardApp(source, marker=marker, fps=1000)
    async with app.run_test(size=size) as pilot:
        await until(lambda: isinstance(app.screen, BoardScreen) and app.board.boards.by_name)
        hands = BoardHands(app, source, pilot)
        await hands.drawn()
        yield hands
