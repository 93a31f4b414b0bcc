"""What a model of prices has come to, by ticker."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from lstm_engine.forecast.outlook import Outlook
from lstm_engine.prices.verdict import Verdict, verdict
from tui.state.told import PriceFiles


@dataclass(frozen=True)
class TickerFigures:
    """One ticker's, in price units. last: its last observed price. ahead: the prices forecast, a day each.

    verdict: on its own predictions alone.
    """

    last: float
    ahead: tuple[float, ...]
    verdict: Verdict


@dataclass(frozen=True, eq=False)
class Forecast:
    """What was read of a run.

    files: as they were then. outlook: None where there was none yet, or it could not be read: the problem says so.
    """

    files: PriceFiles
    outlook: Outlook | None = None
    problem: str = ""
    _figures: dict[int, TickerFigures] = field(default_factory=dict, repr=False)

    def figures(self, ticker: int) -> TickerFigures:
        """Those of the ticker of that number, worked out when they are first asked for. There must be an outlook."""
        if ticker not in self._figures:
            self._figures[ticker] = self._figures_of(ticker)
        return self._figures[ticker]

    def _figures_of(self, ticker: int) -> TickerFigures:
        assert self.outlook is not None  # noqa: S101 - for the type checker
        table, predictions = self.outlook.table, self.outlook.predictions
        column = np.s_[:, ticker : ticker + 1]
        return TickerFigures(
            float(table.prices[-1, ticker]),
            tuple(predictions.ahead[:, ticker].tolist()),
            verdict(predictions.held_out[column], table.prices[column], table.season),
        )
