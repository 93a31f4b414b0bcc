"""All that is read of a model of prices, while somebody looks at it."""

from __future__ import annotations

from collections.abc import Callable

from tui.board.screen.exact_reading import ExactReading
from tui.board.screen.forecast_reading import ForecastReading
from tui.board.screen.inside_reading import InsideReading
from tui.board.screen.panels import PricesRead
from tui.board.screen.renewed import Host
from tui.board.state.board import Board
from tui.board.state.forecast import Forecast
from tui.board.state.inside import Inside


class PricesReading:
    """What was read last of the run on the board. exact: the epochs of it that are computed again."""

    def __init__(self, host: Host, draw: Callable[[], None]) -> None:
        """draw: called when something was read."""
        self._forecast = ForecastReading(host, draw)
        self._inside = InsideReading(host, draw)
        self.exact = ExactReading(host, draw)

    @property
    def forecast(self) -> Forecast | None:
        """What it has come to; None before that was read."""
        return self._forecast.forecast

    def read(self, board: Board | None) -> PricesRead:
        """All of it."""
        return PricesRead(self.forecast, self._with_exact(board), self.exact.running)

    def known(self, board: Board | None) -> Inside | None:
        """What gates can be computed from; None where they cannot, and come from the training alone."""
        inside = self._with_exact(board)
        return None if inside is None or inside.history is None else inside

    def _with_exact(self, board: Board | None) -> Inside | None:
        inside = self._inside.inside(board)
        return inside if board is None or inside is None else self.exact.with_exact(board, inside)

    def left_to_watch(self, board: Board, panel: str) -> str:
        """The panel of that name, where the training is to be asked for what it shows; else an empty one."""
        return "" if panel == "gates" and self.known(board) is not None else panel

    def watch(self, board: Board, panel: str) -> None:
        """Have read what is new, where the open panel shows it. To be called again and again."""
        self._forecast.watch(board, panel)
        self._inside.watch(board, panel)
