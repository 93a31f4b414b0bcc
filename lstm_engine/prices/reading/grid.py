"""From single observations to one price of every ticker on every date."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lstm_engine.data.companies import LONGEST_NAME
from lstm_engine.errors import UserError
from lstm_engine.prices.reading.observations import Observations
from lstm_engine.prices.table import date_words
from lstm_engine.text import is_printable

#: Of the grid, 400 MB of them. What needs more is no table of prices, or hardly any of its prices are there.
MOST_CELLS = 50_000_000


class Grid(NamedTuple):
    """dates: ascending, shape (D,). tickers: N of them. prices: NaN where none is known, shape (D, N)."""

    dates: NDArray[np.datetime64]
    tickers: tuple[str, ...]
    prices: NDArray[np.float64]


def grid(parts: Sequence[Observations], place: str) -> Grid:
    """All parts as one; a ticker is in one part alone.

    place: what they are called together in sentences.

    Raises:
        UserError: where a ticker has two prices on a date, or its name cannot be shown.
    """
    tickers = tuple(name for part in parts for name in part.tickers)
    for name in tickers:
        _check_name(name, place)
    seconds, day = np.unique(np.concatenate([part.seconds for part in parts]), return_inverse=True)
    if len(seconds) * len(tickers) > MOST_CELLS:
        raise UserError(
            f"{place} holds {len(tickers)} tickers and {len(seconds)} dates: expected at most "
            f"{MOST_CELLS // 1_000_000} million prices in all"
        )
    dates = _dates(seconds)
    prices = np.full((len(dates), len(tickers)), np.nan)
    first_ticker, first_row = 0, 0
    for part in parts:
        rows = len(part.price)
        cell = day[first_row : first_row + rows] * len(tickers) + part.ticker + first_ticker
        known = np.flatnonzero(~np.isnan(part.price))
        _check_single(part, cell[known], known, tickers, dates)
        prices.ravel()[cell[known]] = part.price[known]
        first_ticker += len(part.tickers)
        first_row += rows
    return Grid(dates, tickers, prices)


def _dates(seconds: NDArray[np.int64]) -> NDArray[np.datetime64]:
    """Without times where no day has two."""
    times = seconds.astype("datetime64[s]")
    days = times.astype("datetime64[D]")
    return days if (days[1:] > days[:-1]).all() else times


def _check_single(
    part: Observations,
    cell: NDArray[np.int64],
    known: NDArray[np.int64],
    tickers: tuple[str, ...],
    dates: NDArray[np.datetime64],
) -> None:
    """Raises UserError where two of the known observations belong to the same cell."""
    order = np.argsort(cell, kind="stable")
    again = np.flatnonzero(cell[order][1:] == cell[order][:-1])
    if not len(again):
        return
    earliest = again[np.argmin(order[again + 1])]
    one, other = (int(known[order[index]]) for index in (earliest, earliest + 1))
    date, ticker = divmod(int(cell[order[earliest]]), len(tickers))
    raise UserError(
        f"{part.row_place(other)}: a second price of {tickers[ticker]} on {date_words(dates[date])}, after "
        f"{part.row_place(one)}: expected one"
    )


def _check_name(name: str, place: str) -> None:
    if not name:
        raise UserError(f"{place} holds a price without a ticker: expected one beside every price")
    if len(name) > LONGEST_NAME:
        raise UserError(f"{place} holds a ticker of {len(name)} characters: expected at most {LONGEST_NAME}")
    if not is_printable(name):
        raise UserError(f"{place}: the ticker {name!r} holds control characters: expected printable text")
