"""The table of prices: one of every ticker on every date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Shape = Literal["long", "wide", "ohlcv"]
Step = Literal["days", "weeks", "months", "quarters", "years", "dates", "hours", "minutes", "times"]

#: How many steps after which a season comes again; days have none that calendars and holidays leave whole.
SEASONS: dict[Step, int] = {"weeks": 52, "months": 12, "quarters": 4}

#: Of the seconds from one date to the next: at most so many, and what dates so far apart are called.
_STEPS: tuple[tuple[float, float, Step], ...] = (
    (60, 60, "minutes"),
    (3600, 3600, "hours"),
    (1 * 86400, 4 * 86400, "days"),
    (7 * 86400, 7 * 86400, "weeks"),
    (28 * 86400, 31 * 86400, "months"),
    (90 * 86400, 92 * 86400, "quarters"),
    (365 * 86400, 366 * 86400, "years"),
)


@dataclass(frozen=True, eq=False)
class PriceTable:
    """Prices by date and ticker, none of them missing.

    source: what the user calls it, such as the file's name.
    tickers: unique; N of them.
    dates: ascending and unique, shape (D,); datetime64[D], or datetime64[s] where a day has several.
    prices: 64-bit, in the file's own unit, shape (D, N); finite. Both arrays are read-only.
    column: the heading of the column that the prices are from; empty where every ticker has its own.
    shape: that of the file.

    Raises:
        ValueError: where the arrays are not of these shapes, or dates not ascending.
    """

    source: str
    tickers: tuple[str, ...]
    dates: NDArray[np.datetime64]
    prices: NDArray[np.float64]
    column: str
    shape: Shape

    def __post_init__(self) -> None:
        if self.prices.shape != (len(self.dates), len(self.tickers)) or not self.prices.size:
            raise ValueError(f"prices of shape {self.prices.shape} for {len(self.dates)} dates and {self.tickers}")
        if not (self.dates[1:] > self.dates[:-1]).all():
            raise ValueError("dates that do not ascend")
        self.dates.setflags(write=False)
        self.prices.setflags(write=False)

    @property
    def step(self) -> Step:
        """What the dates are, by how far apart most of them lie: days (whatever weekends do), months, years."""
        has_times = self.dates.dtype != np.dtype("datetime64[D]")
        unknown: Step = "times" if has_times else "dates"
        if len(self.dates) < 2:
            return unknown
        seconds = float(np.median(np.diff(self.dates.astype("datetime64[s]").astype(np.int64))))
        return next((name for least, most, name in _STEPS if least <= seconds <= most), unknown)

    @property
    def season(self) -> int | None:
        """How many of its dates after which a season comes again; None where none does, or none is known."""
        return SEASONS.get(self.step)

    def __str__(self) -> str:
        """What was understood of the source, in one line."""
        tickers = "1 ticker" if len(self.tickers) == 1 else f"{len(self.tickers)} tickers"
        count = len(self.dates)
        step = self.step.removesuffix("s") if count == 1 else self.step
        span = f"{count} {step} from {date_words(self.dates[0])} to {date_words(self.dates[-1])}"
        column = f", column {self.column}" if self.column else ""
        return f"{self.source}: {self.shape}, {tickers}, {span}{column}"


def date_words(date: np.datetime64) -> str:
    """The date as it is shown: 2024-01-05, or 2024-01-05 16:00 where the table has times."""
    if date.dtype == np.dtype("datetime64[D]"):
        return str(date)
    return str(date.astype("datetime64[m]")).replace("T", " ")
