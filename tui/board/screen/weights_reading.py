"""Reads the parameters of a model of prices as they are by now, while somebody looks at its layers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from lstm_engine.errors import UserError
from lstm_engine.forecast.weights import Weights, read_weights
from tui.board.screen.renewed import Host, Renewed
from tui.board.state.board import Board

#: The panel that it is for.
PANEL = "layers"
#: Of a run, the epoch that it is at and whether it trains.
_Mark = tuple[Path, int, bool]
_Found = tuple[Path, Weights | None]


class WeightsReading:
    """What was read last of a run."""

    def __init__(self, host: Host, draw: Callable[[], None]) -> None:
        """draw: called when something was read."""
        self._renewed: Renewed[_Found] = Renewed(host, draw, _read)

    def weights(self, board: Board | None) -> Weights | None:
        """Those of the run on the board; None where they are not known."""
        found = self._renewed.found
        if board is None or board.prices is None or found is None or found[0] != board.prices.directory:
            return None
        return found[1]

    def watch(self, board: Board, panel: str) -> None:
        """Have read what is new, where the open panel is the one that shows it. To be called again and again."""
        if panel == PANEL and board.prices is not None:
            self._renewed.watch((board.prices.directory, board.progress.epoch, board.is_alive))


def _read(mark: _Mark) -> _Found:
    directory, _, _ = mark
    try:
        return directory, read_weights(directory)
    except UserError:  # the rows of numbers are there without them
        return directory, None
