"""`lstm-tui forecast`: the verdict on a run's model of prices, and the days to come."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tui.cli.options.click_options import checkpoints_option, run_names
from tui.cli.options.price_options import reading_options

if TYPE_CHECKING:
    from lstm_engine.forecast.outlook import Outlook


@click.command()
@click.argument("source", metavar="RUN", shell_complete=run_names)
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    metavar="FILE|FOLDER",
    help="newer prices of the same tickers to go on from  [default: those it was trained on]",
)
@reading_options
@click.option("--horizon", type=click.IntRange(1, 1000), metavar="DAYS", help="how far  [default: the run's]")
@click.option("--csv", is_flag=True, help="a row a day, a column a ticker")
@click.option("--json", is_flag=True, help="one JSON object: the verdict, dates, tickers and prices")
@checkpoints_option  # fmt: skip
def forecast(source: str, csv: bool, json: bool, **values: Any) -> None:
    """Say how good a model of prices is, and what it forecasts, at its best epoch.

    In price units. From the second day (week, month, …) on a forecast is made of the model's own predictions.
    """
    from lstm_engine.errors import UserError
    from lstm_engine.forecast.outlook import read_outlook
    from lstm_engine.store.directory import find_run
    from tui.cli import arguments
    from tui.cli.prices.outlook_text import write_csv, write_json, write_lines
    from tui.cli.stream_characters import keep_characters

    if csv and json:
        raise UserError("--csv is given with --json: expected one of the two")
    root = arguments.folder(values["checkpoints"])
    arguments.check_source(root, source)
    run = find_run(root, source)
    outlook = read_outlook(run)
    if values["data"] is not None or values["horizon"] is not None:
        outlook = _renewed(run, outlook, values)
    if csv or json:
        keep_characters(sys.stdout)
    write = write_csv if csv else write_json if json else write_lines
    write(outlook, sys.stdout)


def _renewed(run: Path, outlook: Outlook, values: dict[str, Any]) -> Outlook:
    """With a forecast from the prices that the option data names, or for as many days as horizon says."""
    from lstm_engine.errors import UserError
    from lstm_engine.forecast.with_forecast import with_forecast
    from lstm_engine.prices.table import PriceTable
    from tui.cli.prices.data_option import data_of_option
    from tui.cli.standard_streams import say

    table = outlook.table
    if values["data"] is not None:
        reading = data_of_option(values)
        if not isinstance(reading.data, PriceTable):
            raise UserError(f"{reading.data.source} has a row a company: expected prices by date")
        table = reading.data
        for note in reading.notes:
            say(note)
    return with_forecast(run, outlook, table, values["horizon"] or outlook.inputs.settings.horizon)
