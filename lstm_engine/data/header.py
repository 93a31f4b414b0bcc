"""The header row of a table of companies, and the tables of other shapes that are told by theirs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from lstm_engine.data.numerals import is_date, is_number

#: What the column of names is called where the other columns are headed by numbers.
_NAMED = {
    *("company", "companies", "ticker", "tickers", "symbol", "symbols", "name", "names", "stock", "stocks"),
    *("coin", "coins", "asset", "assets", "security", "securities", "id", "index", "isin", "wkn", "unternehmen"),
    *("firma", "société", "entreprise", "empresa"),
}
_PRICES = ("open", "high", "low", "close", "adj close", "adjclose", "adj_close", "volume", "vwap")
#: So many of them in one header are no coincidence.
_PRICES_TOLD_BY = 3
_YEARS = range(1800, 2200)


def header_problem(header: Sequence[str]) -> str | None:
    """What is wrong with the header row, to go on after "FILE, line N "; None where nothing is.

    header: the stripped cells of the first row.
    """
    if len(header) < 3:
        other = next((mark for mark in (";", "\t", "|") if mark in header[0]), None)
        hint = f", separated by commas and not by {other!r}" if other else ""
        columns = "1 column" if len(header) == 1 else f"{len(header)} columns"
        return f"has {columns}: expected 3 or more{hint}: the name, one or more days, the value to predict"
    prices = [cell for cell in header if cell.lower() in _PRICES]
    if len(prices) >= _PRICES_TOLD_BY:
        return (
            f"looks like the prices of one company, a row a day ({', '.join(prices)}): expected a row a company, "
            "its prices of one kind side by side"
        )
    if all(map(is_number, header[1:])) and not _is_header_of_numbers(header):
        return "holds numbers: expected a header row, such as company,day 1,day 2,value to predict"
    return None


def names_problem(names: Sequence[str]) -> str | None:
    """What the column of names tells of the whole table, to go on after "FILE "; None where it holds names."""
    if names and all(map(is_date, names)):
        return (
            f"looks turned round: its rows are dates ({names[0]}), not companies: expected a row a company, its days "
            "side by side"
        )
    return None


def heads_days(cells: Sequence[str]) -> bool:
    """Whether the columns are headed by dates, or by years that ascend; more than one."""
    if len(cells) < 2 or not all(cells):
        return False
    return all(map(is_date, cells)) or (all(map(str.isdecimal, cells)) and _are_years([int(cell) for cell in cells]))


def _are_years(days: Sequence[int]) -> bool:
    return all(day in _YEARS for day in days) and all(before < after for before, after in pairwise(days))


def _is_header_of_numbers(header: Sequence[str]) -> bool:
    """Whether days are numbered or named by year: 2019, 2020; 0, 1, 2 as pandas does. A first row of data might look
    the same, so the column of names has to be headed by nothing, or by what such a column is called."""
    try:
        days = [int(cell) for cell in header[1:]]
    except ValueError:
        return all(map(is_date, header[1:]))
    ascending = all(before < after for before, after in pairwise(days))
    if not ascending:
        return False
    return header[0] == "" or header[0].lower() in _NAMED or all(day in _YEARS for day in days)
