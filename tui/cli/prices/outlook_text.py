"""A verdict and a forecast as text: for a reader, for a spreadsheet, for a program."""

from __future__ import annotations

import csv
from typing import TextIO

import msgspec

from lstm_engine.forecast.outlook import Outlook
from lstm_engine.prices.table import date_words
from lstm_engine.text import escaped_json, printable
from tui.cli.prices.price_output import validation
from tui.cli.prices.verdict_lines import forecast_lines, verdict_lines


def write_lines(outlook: Outlook, stream: TextIO) -> None:
    """What was read, the verdict, the forecast. Raises OSError."""
    lines = [str(outlook.table), *verdict_lines(outlook)]
    if outlook.newer is not None:
        lines.append(f"forecast from {outlook.newer}")
    lines += forecast_lines(outlook)
    stream.writelines(f"{printable(line)}\n" for line in lines)


def write_csv(outlook: Outlook, stream: TextIO) -> None:
    """A row a day ahead, a column a ticker; every number in full. Raises OSError."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["date", *outlook.table.tickers])
    for date, prices in zip(outlook.dates_ahead, outlook.predictions.ahead.tolist(), strict=True):
        writer.writerow([date_words(date), *prices])


def write_json(outlook: Outlook, stream: TextIO) -> None:
    """One object. Raises OSError."""
    told = {
        "data": str(outlook.table),
        "forecast_from": str(outlook.newer or outlook.table),
        "validation": validation(outlook),
        "words": outlook.words,
        "tickers": outlook.table.tickers,
        "dates": [date_words(date) for date in outlook.dates_ahead],
        "forecast": outlook.predictions.ahead.tolist(),
    }
    stream.write(escaped_json(msgspec.json.encode(told).decode()) + "\n")
