"""What columns of prices, dates and tickers are called."""

from __future__ import annotations

import re
import unicodedata

from lstm_engine.prices.reading.foreign_headings import ENGLISH

_NUMBERED = re.compile(r"\d+\.\s*")
_REST = re.compile(r"[\W_]+")

_DATES = frozenset({"date", "dates", "datetime", "time", "timestamp", "day", "month", "year", "week", "quarter"})
_DATES_ELSEWHERE = frozenset({"tradedate", "tradingday", "tradingdate", "opentime", "jahr", "ds"})
_DATE_PARTS = frozenset({"year", "month", "quarter", "week", "jahr", "monat"})
_YEARS = frozenset({"year", "years", "jahr", "date", "time"})

#: Ticker is what no price is called; COIN, NAME and ID are tickers themselves, so their columns have to hold words.
_TICKERS = frozenset({"ticker", "tickers", "symbol", "symbols", "isin", "wkn", "cusip", "permno", "stockcode"})
_NAMES = frozenset(
    {"name", "names", "company", "companies", "stock", "stocks", "coin", "asset", "security", "id", "code", "pair"}
    | {"unternehmen", "firma", "societe", "entreprise", "empresa"}
)

#: Best first: what a price is taken from where nobody says.
_CLOSES = ("close", "adjclose", "adjustedclose", "closelast", "closeprice", "last", "price", "value")
_FIELDS = frozenset(
    {"open", "high", "low", "volume", "vol", "vwap", "change", "changepercent", "trades", "turnover", "dividends"}
    | {"stocksplits", "capitalgains", "openint", "openinterest", "splitcoefficient", "dividendamount", "marketcap"}
    | {"close", "adjclose", "adjustedclose", "closelast", "closeprice", "last", "adjopen", "adjhigh", "adjlow"}
    | {
        "adjvolume",
        "volumebtc",
        "volumeusd",
        "volumecurrency",
        "totalvolume",
        "weightedprice",
        "exdividend",
        "splitratio",
    }
)


def key(heading: str) -> str:
    """The heading without what differs between programs: `Adj Close**`, `adj_close` and `5. adj close` are one.

    So are `Close`, `Schlusskurs` and `Clôture`.
    """
    apart = unicodedata.normalize("NFKD", heading.lower())
    plain = unicodedata.normalize("NFC", "".join(one for one in apart if not unicodedata.combining(one)))
    found = _REST.sub("", _NUMBERED.sub("", plain, count=1))
    return ENGLISH.get(found, found)


def is_date_heading(heading: str) -> bool:
    """Whether it is what a column of dates is called."""
    return key(heading) in _DATES | _DATES_ELSEWHERE


def is_time_heading(heading: str) -> bool:
    """Whether it is what a column of times of the day is called, where another one has the dates."""
    return key(heading) == "time"


def is_date_part_heading(heading: str) -> bool:
    """Whether it is what a column is called that has a part of each date, such as its month; also that of years."""
    return key(heading) in _DATE_PARTS


def is_year_heading(heading: str) -> bool:
    """Whether plain years may stand below it."""
    return key(heading) in _YEARS


def is_ticker_heading(heading: str) -> bool:
    """Whether it is what nothing but a column of tickers is called."""
    return key(heading) in _TICKERS


def is_name_heading(heading: str) -> bool:
    """Whether it is what a column of names is called, if words stand below it."""
    return key(heading) in _TICKERS | _NAMES


def is_field(heading: str) -> bool:
    """Whether it is one of a day's figures, such as Open or Volume, and hardly a ticker."""
    return key(heading) in _FIELDS


def closes(headings: list[str]) -> list[int]:
    """Which of them a price may be taken from, the best first."""
    keys = [key(heading) for heading in headings]
    return [index for word in _CLOSES for index, found in enumerate(keys) if found == word]
