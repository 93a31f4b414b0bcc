"""What every column of a table is for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lstm_engine.data.numerals import is_date
from lstm_engine.errors import UserError
from lstm_engine.prices.reading.column_choice import column_choice
from lstm_engine.prices.reading.head import Head
from lstm_engine.prices.reading.headings import (
    closes,
    is_date_heading,
    is_date_part_heading,
    is_field,
    is_name_heading,
    is_ticker_heading,
    is_year_heading,
    key,
)
from lstm_engine.prices.reading.reading_options import ReadingOptions
from lstm_engine.prices.table import Shape
from lstm_engine.text import printable

#: So many fields of a day are no coincidence.
_FIELDS_TOLD_BY = 3
_MOST_LISTED = 8


@dataclass(frozen=True)
class Layout:
    """Which columns of a table are read, and what they are. Columns are counted from 0.

    rows: how many the header takes. date: the column of dates. ticker: that of tickers, in a long table; else None.
    time: that of times of the day, where they stand beside the dates; else None.
    prices: the columns of prices; more than one in a wide table alone.
    tickers: one a column of prices; empty where another column, or the file's name, has them.
    column: the heading of the prices; empty where they are headed by tickers.
    note: what else could have been read; empty where nothing could.
    """

    shape: Shape
    rows: int
    date: int
    ticker: int | None
    prices: tuple[int, ...]
    tickers: tuple[str, ...]
    column: str = ""
    note: str = ""
    time: int | None = None


def layout(head: Head, options: ReadingOptions, place: str) -> Layout | None:
    """The layout that the options say, or that the head tells; None where it tells a row a company.

    place: what the file is called in sentences.

    Raises:
        UserError: where a column that has to be there is not, or it is not clear which it is.
    """
    where = f"{place}, line {head.line}"
    date = _date(head)
    if date is None:
        _check_companies(head, options, where)
        return None
    if head.tickers:
        return _two_levels(head, options, date, where)
    parts = _date_parts(head, date, where)
    if is_date(head.headings[date]):
        raise UserError(f"{where} holds prices: expected a header row, such as Date,Close or Date,AAPL,MSFT")
    ticker = _ticker(head, date, is_sure=options.shape == "long")
    time = next((column for column, kind in enumerate(head.kinds) if kind == "time" and column != date), None)
    values = [
        column
        for column, kind in enumerate(head.kinds)
        if column not in (date, ticker, *parts)
        and kind in ("number", "empty")
        and (head.headings[column] or kind == "number")
    ]
    shape = options.shape
    if shape == "auto":
        shape = "long" if ticker is not None else "ohlcv" if _has_fields(head, values) else "wide"
    if shape == "wide":
        if options.column is not None:
            raise UserError(f"{where} heads a column a ticker: expected no --column, or --shape ohlcv")
        others = [column for column, kind in enumerate(head.kinds) if kind in ("text", "date")]
        tickers = sorted({*values, *others} - {date, *parts})
        return Layout("wide", head.rows, date, None, tuple(tickers), _unique(head.headings, tickers, where), time=time)
    if shape == "long" and ticker is None:
        raise UserError(f"{where} heads no column of tickers ({_listed(head)}): expected one, such as Ticker")
    choice = column_choice([head.headings[column] for column in values], options.column, where)
    price, *again = [column for column in values if head.headings[column] == choice.heading]
    if again:
        raise UserError(
            f"{where}, column {again[0] + 1} is a second {printable(choice.heading)!r} after column {price + 1}: "
            "expected one of that name"
        )
    if shape == "long":
        return Layout("long", head.rows, date, ticker, (price,), (), choice.heading, choice.note, time)
    return Layout("ohlcv", head.rows, date, None, (price,), (), choice.heading, choice.note, time)


def _check_companies(head: Head, options: ReadingOptions, where: str) -> None:
    """Raises UserError where a table without dates cannot be a row a company."""
    fields = sum(map(is_field, head.headings))
    if options.shape == "auto" and fields < _FIELDS_TOLD_BY and len(head.headings) != 2:
        return
    if head.is_turned_round():
        raise UserError(f"{where} {turned_round(head)}")
    raise UserError(f"{where} heads no column of dates ({_listed(head)}): expected one, such as Date")


def turned_round(head: Head) -> str:
    """What is wrong with a table that has dates for its header, to go on after "FILE, line N "."""
    return (
        f"looks turned round: its columns are dates ({printable(head.headings[1])}), its rows tickers: expected a row "
        "a date and a column a ticker"
    )


def _date(head: Head) -> int | None:
    """By what is in it; else by its heading, so that what is no date in it is told."""
    dates = [column for column, kind in enumerate(head.kinds) if kind == "date"]
    named = [column for column in dates if is_date_heading(head.headings[column])]
    named.sort(key=lambda column: is_date_part_heading(head.headings[column]))
    first = next((column for column, kind in enumerate(head.kinds) if kind != "index"), 0)
    headed = [first] if is_date_heading(head.headings[first]) else []
    return next(iter((*named, *dates, *headed)), None)


def _date_parts(head: Head, date: int, where: str) -> list[int]:
    """The columns that only repeat parts of the dates. Raises UserError where there is no other column of them."""
    parts = [column for column, heading in enumerate(head.headings) if is_date_part_heading(heading)]
    if parts:
        parts += [column for column, heading in enumerate(head.headings) if key(heading) == "day"]
    others = [column for column in parts if column != date]
    if date in parts and others and is_year_heading(head.headings[date]):
        names = ", ".join(head.headings[column] for column in sorted(parts))
        raise UserError(f"{where} has its dates in several columns ({printable(names)}): expected one, such as Date")
    return others


def _ticker(head: Head, date: int, is_sure: bool) -> int | None:
    """By its heading; or the only column of words beside numbers that are no day's Open, High, Low, Close.

    is_sure: whether the user said that there is one; else those words have to be labels, and no remarks.
    """
    others = [column for column in range(len(head.headings)) if column != date]
    words = [column for column in others if head.kinds[column] == "text"]
    sure = [column for column in others if is_ticker_heading(head.headings[column]) and head.kinds[column] != "empty"]
    # beside a Close, even numbers are names, as some exchanges have them
    places = others if closes([head.headings[column] for column in others]) else words
    likely = [column for column in places if is_name_heading(head.headings[column])]
    has_numbers = any(head.kinds[column] == "number" for column in others)
    only = words if len(words) == 1 and has_numbers and not _has_fields(head, others) else []
    only = [column for column in only if is_sure or column in head.labels]
    return next(iter((*sure, *likely, *only)), None)


def _has_fields(head: Head, columns: Sequence[int]) -> bool:
    """Whether most of the columns are a day's figures; LOW and OPEN are tickers, too.

    A price beside a figure is one of them.
    """
    headings = [head.headings[column] for column in columns]
    prices = {headings[index] for index in closes(headings)}
    fields = [heading for heading in headings if is_field(heading) or heading in prices]
    return any(map(is_field, fields)) and len(fields) > len(columns) / 2


def _two_levels(head: Head, options: ReadingOptions, date: int, where: str) -> Layout:
    if options.shape == "long":
        raise UserError(f"{where} heads no column of tickers, but a column each: expected --shape wide or auto")
    fields = [head.headings[column] for column in range(len(head.headings)) if column != date]
    choice = column_choice(fields, options.column, where)
    columns = [column for column, heading in enumerate(head.headings) if heading == choice.heading and column != date]
    tickers = _unique(head.tickers, columns, where)
    shape: Shape = "ohlcv" if len(columns) == 1 else "wide"
    return Layout(shape, head.rows, date, None, tuple(columns), tickers, choice.heading, choice.note)


def _unique(names: Sequence[str], columns: Sequence[int], where: str) -> tuple[str, ...]:
    """The names of these columns. Raises UserError where one has none, or another's."""
    if not columns:
        raise UserError(f"{where} heads no column but that of dates: expected prices, a column a ticker")
    found: dict[str, int] = {}
    for column in columns:
        name = names[column]
        if not name:
            raise UserError(f"{where}, column {column + 1} has no heading: expected a ticker")
        if name in found:
            raise UserError(
                f"{where}, column {column + 1} is a second {printable(name)!r} after column {found[name] + 1}: "
                "expected every ticker once"
            )
        found[name] = column
    return tuple(found)


def _listed(head: Head) -> str:
    listed = [printable(heading) for heading in head.headings if heading]
    return ", ".join(listed[:_MOST_LISTED]) + (", …" if len(listed) > _MOST_LISTED else "")
