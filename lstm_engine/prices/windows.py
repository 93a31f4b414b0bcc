"""Windows: so many days that go in, and the day after them, which is to be predicted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from lstm_engine.errors import UserError
from lstm_engine.prices.table import PriceTable, date_words

#: What goes in and is predicted: the log return of a day, ln(price / price of the day before), or the price itself.
Target = Literal["return", "price"]

Values = NDArray[np.float64]
#: Windows by number: all from one to another, or an array of them.
Chosen = slice | NDArray[np.integer]

_ALL = slice(None)


@dataclass(frozen=True, eq=False)
class Windows:
    """All windows of a table, B of them: by target day, and of a day by ticker as in the table.

    They are views: a table of D days and N tickers takes D·N numbers, however long its windows are.

    length: days that go in, K.
    series: what goes in and is predicted, by day and ticker; shape (D, N), or (D - 1, N) for returns, which the
        first day has none of.
    """

    table: PriceTable
    length: int
    target: Target
    series: Values = field(repr=False)

    @property
    def first_day(self) -> int:
        """The first target day, as a row of the table."""
        return self.length + self._skipped

    @property
    def days(self) -> int:
        """How many target days there are."""
        return len(self.series) - self.length

    def __len__(self) -> int:
        return self.days * len(self.table.tickers)

    def target_day(self, chosen: Chosen = _ALL) -> NDArray[np.int64]:
        """The row of the table that each of the chosen windows predicts; shape (chosen,)."""
        return self.first_day + self._numbers(chosen) // len(self.table.tickers)

    def ticker(self, chosen: Chosen = _ALL) -> NDArray[np.int64]:
        """Which ticker each of the chosen windows is of; shape (chosen,)."""
        return self._numbers(chosen) % len(self.table.tickers)

    def inputs(self, chosen: Chosen = _ALL) -> Values:
        """What goes in, oldest first; shape (chosen, K). A copy."""
        views = sliding_window_view(self.series, self.length, axis=0)
        return views[self._row(chosen), self.ticker(chosen)]

    def targets(self, chosen: Chosen = _ALL) -> Values:
        """What is to be predicted, in the unit of what goes in; shape (chosen,)."""
        return self.series[self._row(chosen) + self.length, self.ticker(chosen)]

    def latest(self) -> Values:
        """What goes in for the day after the table's last, by ticker; shape (N, K). A copy."""
        return self.series[-self.length :].T.copy()

    def observed(self, chosen: Chosen = _ALL) -> Values:
        """The prices on the target days; shape (chosen,)."""
        return self.table.prices[self.target_day(chosen), self.ticker(chosen)]

    def before(self, chosen: Chosen = _ALL) -> Values:
        """The prices on the days before the target days, the last that go in; shape (chosen,)."""
        return self.table.prices[self.target_day(chosen) - 1, self.ticker(chosen)]

    def in_prices(self, predicted: Values, chosen: Chosen = _ALL) -> Values:
        """Predictions for the chosen windows, in the unit of `targets`, as prices; shape (chosen,)."""
        if self.target == "price":
            return predicted
        return self.before(chosen) * np.exp(predicted)

    @property
    def _skipped(self) -> int:
        return len(self.table.dates) - len(self.series)

    def _numbers(self, chosen: Chosen) -> NDArray[np.int64]:
        if isinstance(chosen, slice):
            return np.arange(*chosen.indices(len(self)))
        return chosen.astype(np.int64)

    def _row(self, chosen: Chosen) -> NDArray[np.int64]:
        """Of the series: where each of the chosen windows begins."""
        return self._numbers(chosen) // len(self.table.tickers)


def windows(table: PriceTable, length: int = 30, target: Target = "return") -> Windows:
    """The windows of `length` days of a table.

    Raises:
        UserError: where the table is too short for two, one to train on and one to validate with; or a price has no
            logarithm.
    """
    if length < 1:
        raise UserError(f"window is {length}: expected --window with 1 or more")
    series = _returns(table) if target == "return" else table.prices
    least = len(table.dates) - len(series) + length + 2
    if len(table.dates) < least:
        raise UserError(
            f"{table.source} has {_counted(len(table.dates))}: expected {least} or more with --window {length} and "
            f"--target {target}, or a shorter window"
        )
    return Windows(table, length, target, series)


def _returns(table: PriceTable) -> Values:
    if (table.prices <= 0).any():
        day, ticker = np.argwhere(table.prices <= 0)[0]
        raise UserError(
            f"{table.source}: {table.prices[day, ticker]:g} of {table.tickers[ticker]} on "
            f"{date_words(table.dates[day])} has no log return: expected prices above 0, or --target price"
        )
    return np.diff(np.log(table.prices), axis=0)


def _counted(dates: int) -> str:
    return "1 date" if dates == 1 else f"{dates} dates"
