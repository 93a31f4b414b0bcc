"""What a user says of a file of prices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lstm_engine.prices.table import Shape

#: Day, month and year as they follow each other; the option's words.
DateOrder = Literal["dmy", "mdy", "ymd"]
MissingDays = Literal["refuse", "drop", "fill"]

#: Of a file, also of one that comes compressed. 500 tickers of 20 years, a row each of ticker and day, are 56 MB.
LARGEST_FILE = 200_000_000


@dataclass(frozen=True)
class ReadingOptions:
    """How to read prices; the defaults are those of the command line.

    shape: what a row is; `auto` tells by the header and the first rows.
    column: the heading of the prices; None for Close, or what comes closest to it.
    date_format: the order of dates such as 01/04/1999; None where the file leaves no doubt.
    missing: what becomes of a date on which a ticker has no price.
    """

    shape: Literal["auto", "companies"] | Shape = "auto"
    column: str | None = None
    date_format: DateOrder | None = None
    missing: MissingDays = "refuse"
