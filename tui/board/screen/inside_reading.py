"""Reads the parameters of a model of prices at every epoch, while somebody looks at its layers or gates."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from lstm_engine.errors import UserError
from lstm_engine.forecast.inputs import Inputs, read_inputs
from lstm_engine.script.script_run import INPUTS
from lstm_engine.weight_history.history import read_history
from tui.board.screen.renewed import Host, Renewed
from tui.board.state.board import Board
from tui.board.state.inside import Inside

#: The panels that it is for.
PANELS = ("layers", "gates")
#: Of a run, the epoch that it is at and whether it trains.
_Mark = tuple[Path, int, bool]


class InsideReading:
    """What was read last of a run."""

    def __init__(self, host: Host, draw: Callable[[], None]) -> None:
        """draw: called when something was read."""
        self._renewed: Renewed[Inside] = Renewed(host, draw, self._read)
        self._inputs: tuple[Path, Inputs] | None = None

    def inside(self, board: Board | None) -> Inside | None:
        """That of the run on the board; None where it is of no model of prices, or nothing was read of it yet."""
        found = self._renewed.found
        if board is None or board.prices is None or found is None or found.directory != board.prices.directory:
            return None
        return found

    def watch(self, board: Board, panel: str) -> None:
        """Have read what is new, where the open panel shows it. To be called again and again."""
        if panel in PANELS and board.prices is not None:
            self._renewed.watch((board.prices.directory, board.progress.epoch, board.is_alive))

    def _read(self, mark: _Mark) -> Inside:
        directory, _, _ = mark
        problems, history, inputs = [], None, None
        try:
            history = read_history(directory)
        except UserError as error:
            problems.append(str(error))
        try:
            inputs = self._inputs_of(directory)
        except UserError as error:
            problems.append(str(error))
        history = None if history is None or not len(history.epochs) else history
        return Inside(directory, history, inputs, "; ".join(problems))

    def _inputs_of(self, directory: Path) -> Inputs:
        """Those of a run, which never change."""
        if self._inputs is None or self._inputs[0] != directory:
            self._inputs = directory, read_inputs(directory / INPUTS)
        return self._inputs[1]
