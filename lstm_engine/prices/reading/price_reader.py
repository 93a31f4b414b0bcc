"""The reader of prices: a file, a folder of files or a stream, in any of the shapes that people have."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple

from lstm_engine.data.companies import Companies
from lstm_engine.data.csv_reader import companies_in
from lstm_engine.data.file_content import file_content, stream_content
from lstm_engine.data.raw_companies import raw_companies
from lstm_engine.errors import UserError
from lstm_engine.prices.reading.calendar.dates import Dates
from lstm_engine.prices.reading.grid import grid
from lstm_engine.prices.reading.head import table_head
from lstm_engine.prices.reading.layout import Layout, layout
from lstm_engine.prices.reading.missing_days import without_missing
from lstm_engine.prices.reading.observations import Observations, observations
from lstm_engine.prices.reading.price_content import price_content
from lstm_engine.prices.reading.price_files import price_files, ticker_of
from lstm_engine.prices.reading.reading_options import LARGEST_FILE, ReadingOptions
from lstm_engine.prices.reading.sheet import Sheet
from lstm_engine.prices.table import PriceTable
from lstm_engine.text import printable, quoted

_DEFAULTS = ReadingOptions()
_STREAM = "standard input"


class Reading(NamedTuple):
    """data: prices by date; or companies, where a row is one. notes: sentences on what else the user should know."""

    data: PriceTable | Companies
    notes: tuple[str, ...]


class _Part(NamedTuple):
    """What one file holds."""

    layout: Layout
    prices: Observations


def read_prices(source: Path | BinaryIO, options: ReadingOptions = _DEFAULTS) -> Reading:
    """What is in a file, in the CSV files of a folder (one a ticker), or comes out of a stream.

    Raises:
        UserError: one sentence with the file, the place in it and what was expected.
    """
    if not isinstance(source, Path):
        content = price_content(stream_content(source, _STREAM, LARGEST_FILE), _STREAM)
        return _of_one(content, _STREAM, _STREAM, "prices", options)
    place = printable(str(source))
    if _is_folder(source):
        return _of_folder(source, place, options)
    content = price_content(file_content(source, place, LARGEST_FILE), place)
    return _of_one(content, place, printable(source.name), ticker_of(source), options)


def _of_one(content: bytes, place: str, source: str, ticker: str, options: ReadingOptions) -> Reading:
    """ticker: where the file names none."""
    dates = Dates()
    part = None if options.shape == "companies" else _part(content, place, ticker, dates, options)
    if part is not None:
        return _reading([part], place, source, options)
    companies = companies_in(content, place, source)
    note = raw_companies(companies, Sheet(content, place).head[0], place, is_sure=options.shape == "companies")
    return Reading(companies, (note,) if note else ())


def _of_folder(folder: Path, place: str, options: ReadingOptions) -> Reading:
    if options.shape not in ("auto", "ohlcv"):
        raise UserError(f"{place} is a folder: expected a file with --shape {options.shape}, or --shape ohlcv")
    dates = Dates()
    parts: list[_Part] = []
    owners: dict[str, str] = {}
    for path in price_files(folder, place):
        file = printable(str(path))
        content = price_content(file_content(path, file, LARGEST_FILE), file)
        part = _part(content, file, ticker_of(path), dates, options)
        if part is None or part.layout.shape == "long" or len(part.prices.tickers) > 1:
            raise UserError(f"{file} is not the prices of one ticker: expected such a file, as all of a folder's are")
        [ticker] = part.prices.tickers
        if ticker in owners:
            raise UserError(f"{file} is a second file of {ticker}, after {owners[ticker]}: expected one a ticker")
        owners[ticker] = file
        if parts and part.layout.column != parts[0].layout.column:
            raise UserError(
                f"{file} has its prices in column {part.layout.column}, and {next(iter(owners.values()))} in "
                f"{parts[0].layout.column}: expected --column with one that all files have"
            )
        parts.append(part)
    return _reading(parts, place, printable(folder.resolve().name), options)


def _part(content: bytes, place: str, ticker: str, dates: Dates, options: ReadingOptions) -> _Part | None:
    """What the file holds; None where it is a row a company. ticker: where the file names none."""
    sheet = Sheet(content, place)
    first = sheet.head[0]
    if len(first.cells) == 1:
        raise UserError(
            f"{place}, line {first.line} has 1 column: expected a header row of two or more, separated by commas, "
            f"semicolons, tabs or |; it reads {quoted(first.text)}"
        )
    found = layout(table_head(sheet, dates), options, place)
    if found is None:
        return None
    prices = observations(sheet, found, dates, options.date_format)
    if prices.tickers == ("",):
        prices = prices._replace(tickers=(ticker,))
    return _Part(found, prices)


def _reading(parts: Sequence[_Part], place: str, source: str, options: ReadingOptions) -> Reading:
    whole, missing = without_missing(grid([part.prices for part in parts], place), options.missing, place)
    first = parts[0].layout
    table = PriceTable(source, whole.tickers, whole.dates, whole.prices, printable(first.column), first.shape)
    return Reading(table, tuple(f"{place}: {note}" for note in (first.note, missing) if note))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # which is told when it is opened
        return False
