"""Prices as they are, where scaled values of companies are expected."""

from __future__ import annotations

from itertools import chain

from lstm_engine.data.companies import Companies
from lstm_engine.data.csv_rows import Row
from lstm_engine.data.header import heads_days
from lstm_engine.errors import UserError


def raw_companies(companies: Companies, header: Row, place: str, is_sure: bool) -> str:
    """That a row a company holds raw prices, in one sentence; empty where it does not look so.

    header: the table's. place: what the file is called in sentences. is_sure: whether the user said that a row is a
    company; else prices under dates are refused.

    Raises:
        UserError: where tickers are the rows and dates the header: a table of prices turned round.
    """
    values = sorted(chain(chain.from_iterable(companies.days), companies.targets))
    if values[0] < 0 or values[len(values) // 2] <= 1:
        return ""
    if not is_sure and heads_days(header.cells[1:]):
        raise UserError(
            f"{place}, line {header.line} looks turned round: its columns are dates ({header.cells[1]}), its rows "
            "tickers: expected a row a date and a column a ticker, or --shape companies with values from -1 to 1"
        )
    name, price = max(zip(companies.names, companies.targets, strict=True), key=lambda one: one[1])
    return (
        f"{place} looks like raw prices, such as {price:g} of {name}: of a row a company, values from -1 to 1 are "
        "predicted; scale them first, or have a row a date and a column a ticker"
    )
