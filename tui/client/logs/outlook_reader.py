"""What a run of a model of prices has come to, read again and again as it trains."""

from __future__ import annotations

from pathlib import Path

from lstm_engine.errors import UserError
from lstm_engine.forecast.inputs import Inputs, read_inputs
from lstm_engine.forecast.outlook import Outlook, outlook_of
from lstm_engine.forecast.predictions import PREDICTIONS, read_predictions
from lstm_engine.script.script_run import INPUTS
from lstm_engine.text import printable


class OutlookReader:
    """Reads one run's; its prices, which never change, once."""

    def __init__(self, directory: Path) -> None:
        """directory: of the run."""
        self.directory = directory
        self._inputs: Inputs | None = None

    def read(self) -> Outlook | None:
        """As it is now; None where nothing was predicted yet. Takes a while.

        Raises:
            UserError: a file is missing, cannot be read or is damaged.
        """
        if self._inputs is None:
            self._inputs = read_inputs(self.directory / INPUTS)
        predictions = read_predictions(self.directory)
        if predictions is None:
            return None
        try:
            return outlook_of(self._inputs, predictions)
        except ValueError as error:
            place = printable(str(self.directory / PREDICTIONS))
            raise UserError(f"{place} is damaged ({error}): expected predictions of the run's own prices") from error
