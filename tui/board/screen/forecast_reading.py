"""Reads what a model of prices has come to, while somebody looks at it: beside the keys, as often as it is new."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Protocol

from textual.dom import DOMNode

from lstm_engine.errors import UserError
from tui.board.state.board import Board
from tui.board.state.forecast import Forecast
from tui.client.logs.outlook_reader import OutlookReader
from tui.state.told import PriceFiles
from tui.terminal.beside import run_beside

#: The panel that it is for.
PANEL = "forecast"
#: Seconds between two readings, at least; and of what one took, how many times as long nothing is read behind it.
_EVERY, _REST = 0.5, 4.0


class Host(Protocol):
    """The screen that it is shown on."""

    @property
    def panel(self) -> DOMNode:
        """As long as it is there, it is read."""


class ForecastReading:
    """forecast: what was read last; None before anything was, or of a run that was looked at before."""

    def __init__(self, host: Host, draw: Callable[[], None]) -> None:
        """draw: called when something was read."""
        self.forecast: Forecast | None = None
        self._host = host
        self._draw = draw
        self._reader: OutlookReader | None = None
        self._is_busy = False

    def watch(self, board: Board, panel: str) -> None:
        """Have read what is new, where the open panel is the one that shows it. To be called again and again."""
        files = board.prices
        if panel != PANEL or files is None or files.mark is None or self._is_busy:
            return
        if self.forecast is None or self.forecast.files != files:
            self._is_busy = True
            run_beside(self._host.panel, lambda: self._renew(files))

    async def _renew(self, files: PriceFiles) -> None:
        begun = time.monotonic()
        if self._reader is None or self._reader.directory != files.directory:
            self._reader = OutlookReader(files.directory)
        self.forecast = await asyncio.to_thread(_read, self._reader, files)
        self._draw()
        await asyncio.sleep(max(_EVERY, _REST * (time.monotonic() - begun)))
        self._is_busy = False
        self._draw()


def _read(reader: OutlookReader, files: PriceFiles) -> Forecast:
    try:
        return Forecast(files, reader.read())
    except UserError as error:
        return Forecast(files, problem=str(error))
