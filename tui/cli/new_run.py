"""A new run from the command line's options: of companies by the engine, or of prices by date as a script."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from lstm_engine.data.companies import WALK_THROUGH, Companies
from lstm_engine.run.config import RunConfig
from tui.cli import arguments
from tui.cli.options.given_option import given_option
from tui.cli.options.misplaced_option import misplaced_option
from tui.cli.options.price_options import OF_COMPANIES, OF_PRICES, OF_READING
from tui.cli.standard_streams import say
from tui.cli.stream_characters import keep_characters

if TYPE_CHECKING:
    from lstm_engine.prices.reading.price_reader import Reading


def show_new_run(context: click.Context, values: dict[str, Any]) -> int:
    """Show the screen for it until the user leaves; the exit status. Raises UserError."""
    data = _data(context, values)
    if isinstance(data, Companies):
        from tui.cli.dashboard import open_dashboard

        return open_dashboard(values, data=data)
    from tui.cli.prices.price_run import show_price_run

    return show_price_run(data, values)


def train_new_run(context: click.Context, values: dict[str, Any]) -> int:
    """Train it without a screen; the exit status.

    Raises:
        UserError: an option is none, or the data cannot be read.
        OSError: the output cannot be written.
    """
    data = _data(context, values)
    if values["json"]:
        keep_characters(sys.stdout)
    if isinstance(data, Companies):
        return _train(arguments.run_config(values, data), values)
    from tui.cli.prices.price_run import train_on_prices

    return train_on_prices(data, values, sys.stdout)


def _train(config: RunConfig, values: dict[str, Any]) -> int:
    import tui.cli.train
    from tui.options import TrainOptions

    engine = arguments.engine_options(values)
    options = TrainOptions(config, arguments.epochs(values), engine, json=values["json"], detach=values["detach"])
    return tui.cli.train.run(options)


def _data(context: click.Context, values: dict[str, Any]) -> Companies | Reading:
    """What is to be trained on: companies, or a reading of prices. Raises UserError."""
    if values["data"] is None:
        if given := given_option(context, *OF_PRICES, *OF_READING):
            raise misplaced_option(given, "the problem it opens on")
        return WALK_THROUGH
    from tui.cli.prices.data_option import data_of_option

    reading = data_of_option(values)
    if not isinstance(reading.data, Companies):
        if given := given_option(context, *OF_COMPANIES):
            raise misplaced_option(given, "dates")
        return reading
    if given := given_option(context, *OF_PRICES):
        raise misplaced_option(given, "companies")
    for note in reading.notes:
        say(note)
    return reading.data
