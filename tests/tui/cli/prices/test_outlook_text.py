"""A verdict and a forecast for a reader, a spreadsheet, a program."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import numpy as np

from lstm_engine.forecast.outlook import Outlook, outlook_of
from lstm_engine.forecast.predictions import Predictions
from tests.support.price_runs import small_inputs, weekdays
from tui.cli.prices.outlook_text import write_csv, write_json, write_lines


def outlook() -> Outlook:
    inputs = small_inputs()
    held_out = inputs.table.prices[inputs.split.day :]
    return outlook_of(inputs, Predictions(3, 0.5, held_out, np.array([[0.1, 1 / 3], [1e-9, 2e9]])))


def test_lines_say_what_was_read_and_what_is_gone_on_from() -> None:
    stream = io.StringIO()
    write_lines(replace(outlook(), newer=weekdays(61)), stream)
    lines = stream.getvalue().splitlines()
    assert lines[0].startswith("walks.csv: wide, 2 tickers, 60 days")
    assert "forecast from walks.csv: wide, 2 tickers, 61 days from 2024-01-01 to 2024-03-25, column Close" in lines
    assert lines[-1].startswith("2024-03-27")


def test_numbers_are_in_full() -> None:
    stream = io.StringIO()
    write_csv(outlook(), stream)
    rows = list(csv.reader(stream.getvalue().splitlines()))
    assert rows[0] == ["date", "A", "B"]
    assert [(row[0], *map(float, row[1:])) for row in rows[1:]] == [
        ("2024-03-25", 0.1, 1 / 3),
        ("2024-03-26", 1e-9, 2e9),
    ]


def test_one_object() -> None:
    stream = io.StringIO()
    write_json(outlook(), stream)
    told = json.loads(stream.getvalue())
    assert (told["tickers"], told["dates"]) == (["A", "B"], ["2024-03-25", "2024-03-26"])
    assert told["forecast"] == [[0.1, 1 / 3], [1e-9, 2e9]]
    assert told["validation"]["mae"] == 0
    assert told["words"][0] == "better than yesterday's price (0.00 of its error)"
