"""Prices as a file has them: each with its date and its ticker."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lstm_engine.errors import UserError
from lstm_engine.prices.reading.calendar.dates import Dates
from lstm_engine.prices.reading.calendar.time_of_day import moments
from lstm_engine.prices.reading.decimal_mark import decimal_mark
from lstm_engine.prices.reading.layout import Layout
from lstm_engine.prices.reading.price_numbers import CellError, price_numbers
from lstm_engine.prices.reading.reading_options import DateOrder
from lstm_engine.prices.reading.sheet import Sheet


class Observations(NamedTuple):
    """The prices of one file, in its order; O of them.

    seconds: of their dates, since 1970-01-01; shape (O,).
    ticker: which of `tickers` each is of; shape (O,).
    price: NaN where the file has none; shape (O,).
    tickers: in the file's order; one empty name where the file does not say.
    row_place: the file and the line of an observation, for sentences.
    """

    seconds: NDArray[np.int64]
    ticker: NDArray[np.int64]
    price: NDArray[np.float64]
    tickers: tuple[str, ...]
    row_place: Callable[[int], str]


class _Tickers(dict[str, int]):
    """From a cell to the number of its ticker, in order of appearance."""

    def __init__(self) -> None:
        self.names: dict[str, int] = {}

    def __missing__(self, cell: str) -> int:
        self[cell] = number = self.names.setdefault(cell.strip(), len(self.names))
        return number


def observations(sheet: Sheet, layout: Layout, dates: Dates, order: DateOrder | None) -> Observations:
    """All that the layout takes from the sheet.

    dates: where they are read. order: of day, month and year, where the user says.

    Raises:
        UserError: where a cell is not what it has to be, in one sentence with its line.
    """
    beside = [column for column in (layout.ticker, layout.time) if column is not None]
    columns = [layout.date, *layout.prices, *beside]
    count = len(layout.prices)
    head = [row.cells for row in sheet.head[layout.rows :]]
    mark = decimal_mark(sheet, (cells[column] for cells in head for column in layout.prices if column < len(cells)))
    tickers = _Tickers()
    days: list[NDArray[np.int64]] = []
    ticker: list[NDArray[np.int64]] = []
    prices: list[NDArray[np.float64]] = []
    for first, part in sheet.columns(columns, layout.rows):
        days.append(dates.numbers(part[0] if layout.time is None else moments(part[0], part[-1])))
        if layout.ticker is not None:
            ticker.append(np.fromiter(map(tickers.__getitem__, part[1 + count]), np.int64))
        parsed = np.empty((len(part[0]), count))
        for index, cells in enumerate(part[1 : 1 + count]):
            try:
                parsed[:, index] = price_numbers(cells, mark)
            except CellError as error:
                place = sheet.row_place(first + error.index)
                raise UserError(f"{place}, column {layout.prices[index] + 1}: {error}") from None
        prices.append(parsed)
    if not prices:
        raise UserError(f"{sheet.place} holds a header row and no price: expected a row a date below it")

    def row_place(row: int) -> str:
        return sheet.row_place(layout.rows + row)

    seconds = dates.seconds(np.concatenate(days), order, row_place)
    return Observations(
        seconds=np.repeat(seconds, count),
        ticker=np.concatenate(ticker) if ticker else np.tile(np.arange(count), len(seconds)),
        price=np.concatenate(prices).ravel(),
        tickers=tuple(tickers.names) if ticker else layout.tickers or ("",),
        row_place=lambda observation: row_place(observation // count),
    )
