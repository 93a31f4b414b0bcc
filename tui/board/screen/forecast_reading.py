"""Reads what a model of prices has come to: its verdict stands above the charts, all else in a panel."""

from __future__ import annotations

from collections.abc import Callable

from lstm_engine.errors import UserError
from tui.board.screen.renewed import Host, Renewed
from tui.board.state.board import Board
from tui.board.state.forecast import Forecast
from tui.client.logs.outlook_reader import OutlookReader
from tui.state.told import PriceFiles

#: The panel that it is for.
PANEL = "forecast"


class ForecastReading:
    """What was read last of a run."""

    def __init__(self, host: Host, draw: Callable[[], None]) -> None:
        """draw: called when something was read."""
        self._renewed: Renewed[Forecast] = Renewed(host, draw, self._read)
        self._reader: OutlookReader | None = None

    @property
    def forecast(self) -> Forecast | None:
        """None before anything was read."""
        return self._renewed.found

    def watch(self, board: Board, panel: str) -> None:
        """Have read what is new; more often where its panel is open. To be called again and again."""
        files = board.prices
        if files is not None and files.mark is not None:
            self._renewed.watch(files, at_ease=panel != PANEL)

    def _read(self, files: PriceFiles) -> Forecast:
        if self._reader is None or self._reader.directory != files.directory:
            self._reader = OutlookReader(files.directory)
        try:
            return Forecast(files, self._reader.read())
        except UserError as error:
            return Forecast(files, problem=str(error))
