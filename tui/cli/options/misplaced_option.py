"""An option that the data has no use for, told with what it is for."""

from __future__ import annotations

from typing import Literal

from lstm_engine.errors import UserError

Rows = Literal["the problem it opens on", "companies", "dates"]

_WHY: dict[Rows, str] = {
    "the problem it opens on": "without --data: expected prices by date for it, such as --data sunspots",
    "companies": "with a row a company, which trains a single unit: expected prices by date for it, a row a date and "
    "a column a company",
    "dates": "with prices by date: expected it with a row a company",
}


def misplaced_option(given: str, rows: Rows) -> UserError:
    """given: the option. rows: what the rows of the data are."""
    return UserError(f"{given} is given {_WHY[rows]}")
