"""All that is read of a model of prices, while somebody looks at it."""

from __future__ import annotations

from collections.abc import Callable

from tui.board.screen.forecast_reading import ForecastReading
from tui.board.screen.inside_reading import InsideReading
from tui.board.screen.panels import PricesRead
from tui.board.screen.renewed import Host
from tui.board.state.board import Board
from tui.board.state.forecast import Forecast


class PricesReading:
    """What was read last of the run on the board."""

    def __init__(self, host: Host, draw: Callable[[], None]) -> None:
        """draw: called when something was read."""
        self._forecast = ForecastReading(host, draw)
        self._inside = InsideReading(host, draw)

    @property
    def forecast(self) -> Forecast | None:
        """What it has come to; None before that was read."""
        return self._forecast.forecast

    def read(self, board: Board | None) -> PricesRead:
        """All of it."""
        return PricesRead(self.forecast, self._inside.inside(board))

    def watch(self, board: Board, panel: str) -> None:
        """Have read what is new, where the open panel shows it. To be called again and again."""
        self._forecast.watch(board, panel)
        self._inside.watch(board, panel)
