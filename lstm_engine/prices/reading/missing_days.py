"""What becomes of dates on which a ticker has no price."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from lstm_engine.errors import UserError
from lstm_engine.prices.reading.grid import Grid
from lstm_engine.prices.reading.reading_options import MissingDays
from lstm_engine.prices.table import date_words

_FIRST = 3


class Whole(NamedTuple):
    """grid: without a missing price. note: what was done to have it so; empty where nothing was."""

    grid: Grid
    note: str


def without_missing(grid: Grid, what: MissingDays, place: str) -> Whole:
    """The grid with its missing days dropped or filled, or refused.

    Filled are they with the ticker's last price before.

    Raises:
        UserError: where prices are missing and were to be refused; or nothing is left, or nothing there to fill with.
    """
    missing = np.isnan(grid.prices)
    count = int(missing.sum())
    if not count:
        return Whole(grid, "")
    if missing.all():
        raise UserError(f"{place} holds no price at all: expected numbers below the tickers")
    if what == "refuse":
        raise UserError(
            f"{place} has no price of {_places(grid)}: expected one of every ticker on every date, or "
            "--missing drop, which leaves such dates out, or --missing fill, which takes the price before"
        )
    if what == "drop":
        kept = np.asarray((~missing).all(axis=1))
        if not kept.any():
            worst = int(missing.sum(axis=0).argmax())
            raise UserError(
                f"{place} has no date with a price of every ticker; most are missing of {grid.tickers[worst]}, "
                f"{int(missing[:, worst].sum())} of {len(kept)}: expected tickers of the same days"
            )
        dropped = f"{len(kept) - int(kept.sum())} of {len(kept)} dates are left out, as prices are missing"
        return Whole(Grid(grid.dates[kept], grid.tickers, grid.prices[kept]), dropped)
    latest = np.maximum.accumulate(np.where(missing, -1, np.arange(len(missing))[:, np.newaxis]), axis=0)
    if latest.min() < 0:
        ticker = int(np.flatnonzero(latest[0] < 0)[0])
        raise UserError(
            f"{place} has no price of {grid.tickers[ticker]} on {date_words(grid.dates[0])}, nor one before to take "
            "for it: expected --missing drop, or tickers of the same days"
        )
    filled = "1 missing price is" if count == 1 else f"{count} missing prices are"
    prices = np.take_along_axis(grid.prices, latest, axis=0)
    return Whole(Grid(grid.dates, grid.tickers, prices), f"{filled} the price before")


def _places(grid: Grid) -> str:
    """The first of them, and how many more."""
    places = np.argwhere(np.isnan(grid.prices))
    told = [f"{grid.tickers[ticker]} on {date_words(grid.dates[date])}" for date, ticker in places[:_FIRST]]
    rest = len(places) - _FIRST
    more = f" and in {rest} more {'place' if rest == 1 else 'places'}" if rest > 0 else ""
    return ", ".join(told) + more
