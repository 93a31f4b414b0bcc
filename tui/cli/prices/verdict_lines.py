"""A verdict, and what is forecast, as lines of plain text."""

from __future__ import annotations

from lstm_engine.forecast.outlook import Outlook
from lstm_engine.prices.table import date_words
from lstm_engine.prices.verdict import Errors
from lstm_engine.prices.verdict_words import SEASONAL, naive_words
from lstm_engine.text import printable
from tui.text.numbers import counted, figure
from tui.text.table import table

#: Tickers whose forecast is told by itself.
_TICKERS = 10


def verdict_lines(outlook: Outlook) -> list[str]:
    """The errors beside those of who needs no model, in price units, and what they come to, in words."""
    found, prices = outlook.verdict, outlook.table
    days = len(outlook.predictions.held_out)
    first, last = (date_words(prices.dates[number]) for number in (-days, -1))
    of = counted(found.n, "prediction")
    lines = [f"held out: {of}, {first} to {last}, at the best epoch, {outlook.predictions.epoch}"]
    rows = [("", "MAE", "RMSE"), _row("the model", found.model), _row(naive_words(prices.step), found.naive)]
    if found.seasonal is not None:
        rows.append(_row(SEASONAL, found.seasonal))
    return [*lines, *table(rows), *outlook.words]


def forecast_lines(outlook: Outlook) -> list[str]:
    """A line a day ahead, with every ticker's price where they are few."""
    tickers = [printable(name) for name in outlook.table.tickers]
    rows = [("", *tickers)]
    for date, prices in zip(outlook.dates_ahead, outlook.predictions.ahead, strict=True):
        rows.append((date_words(date), *(figure(float(price)) for price in prices)))
    if len(tickers) > _TICKERS:
        rows = [(*row[: _TICKERS + 1], "...") for row in rows]
    step = outlook.table.step.removesuffix("s")
    from_second = f", from the second {step} on made of the model's own predictions" if len(rows) > 2 else ""
    return [f"forecast{from_second}", *table(rows)]


def _row(name: str, errors: Errors) -> tuple[str, str, str]:
    return name, figure(errors.mae), figure(errors.rmse)
