"""What the first rows of a table tell of its columns: how they are headed, and what is in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from lstm_engine.data.header import heads_days
from lstm_engine.data.numerals import is_date
from lstm_engine.prices.reading.calendar.dates import Dates
from lstm_engine.prices.reading.calendar.time_of_day import is_time
from lstm_engine.prices.reading.decimal_mark import decimal_mark
from lstm_engine.prices.reading.headings import is_date_heading, is_field, is_time_heading, is_year_heading
from lstm_engine.prices.reading.price_numbers import DecimalMark, is_missing, is_price
from lstm_engine.prices.reading.sheet import Sheet

#: What yfinance and pandas-datareader call the levels of a header; or nothing.
_LEVELS = frozenset({"", "price", "ticker", "attributes", "symbols"})

Kind = Literal["date", "time", "number", "text", "empty", "index"]


@dataclass(frozen=True)
class Head:
    """One heading and one kind a column.

    rows: how many the header takes. headings: of the columns; with two levels, the level of Open, High, Low, Close.
    tickers: of the columns, where the header has a level of them; else empty.
    kinds: what most of the first cells are; an index is a nameless column that counts the rows, a time one of the day.
    line: of the header's last row.
    labels: the columns of words that may tell rows of one date apart: none is missing, and there are two rows of a
    date, or all rows have the same word.
    """

    rows: int
    headings: tuple[str, ...]
    tickers: tuple[str, ...]
    kinds: tuple[Kind, ...]
    line: int
    labels: tuple[int, ...]

    def is_turned_round(self) -> bool:
        """Whether dates are the header, and names of something its first column."""
        return self.kinds[0] == "text" and heads_days(self.headings[1:])


def table_head(sheet: Sheet, dates: Dates) -> Head:
    """The head of the sheet."""
    first = sheet.head[0]
    rows, fields, tickers = _levels(sheet)
    body = [row.cells for row in sheet.head[rows:]]
    columns = [[cells[column] for cells in body if column < len(cells)] for column in range(len(first.cells))]
    mark = decimal_mark(sheet, (cell for column in columns for cell in column if not is_date(cell)))
    kinds = tuple(
        _kind(index, heading, cells, mark, dates)
        for index, (heading, cells) in enumerate(zip(fields, columns, strict=True))
    )
    labels = _labels(columns, kinds)
    return Head(rows, tuple(fields), tuple(tickers), kinds, sheet.head[rows - 1].line, labels)


def _levels(sheet: Sheet) -> tuple[int, list[str], list[str]]:
    """How many rows the header takes, its level of fields, and its level of tickers.

    pandas writes columns of two levels as two rows, and the index's name as a third: so yfinance's tables come out.
    """
    rows = [row.cells for row in sheet.head[:3]]
    first = rows[0]
    if len(rows) > 1 and len(rows[1]) == len(first) > 1:
        second = rows[1]
        are_levels = first[0].lower() in _LEVELS and second[0].lower() in _LEVELS and all((*first[1:], *second[1:]))
        for fields, tickers in ((first, second), (second, first)):
            if are_levels and all(map(is_field, fields[1:])) and not any(is_price(cell, ".") for cell in tickers[1:]):
                has_third = len(rows) > 2 and not any(rows[2][1:])
                return 3 if has_third else 2, ["Date", *fields[1:]], tickers
    return 1, first, []


def _kind(index: int, heading: str, cells: Sequence[str], mark: DecimalMark, dates: Dates) -> Kind:
    told = [cell for cell in cells if not is_missing(cell)]
    if not told:
        return "empty"
    numbers = [is_price(cell, mark) for cell in told]
    if index == 0 or is_date_heading(heading) or not all(numbers):
        # 2019 and 2024.05 may be prices, 20240105 hardly
        prices = 0 if is_year_heading(heading) else sum(len(cell) < 8 and is_price(cell, ".") for cell in told)
        if sum(map(dates.is_date, told)) - prices > len(told) / 2:
            return "date"
    if is_time_heading(heading) and all(map(is_time, told)):
        return "time"
    if sum(numbers) < len(told) / 2:
        return "text"
    return "index" if index == 0 and _counts(heading, told) else "number"


def _labels(columns: Sequence[Sequence[str]], kinds: Sequence[Kind]) -> tuple[int, ...]:
    has_again = any(
        len(set(columns[index])) < len(columns[index]) for index, kind in enumerate(kinds) if kind == "date"
    )
    texts = [index for index, kind in enumerate(kinds) if kind == "text"]
    return tuple(
        index
        for index in texts
        if not any(map(is_missing, columns[index])) and (has_again or len(set(columns[index])) == 1)
    )


def _counts(heading: str, cells: Sequence[str]) -> bool:
    """Whether it is the index that pandas writes beside a table."""
    if heading and not heading.lower().startswith("unnamed"):
        return False
    return all(cell.isdecimal() for cell in cells) and all(
        int(after) - int(before) == 1 for before, after in pairwise(cells)
    )
