"""From the command line's options to a model of prices that trains, and what is seen of it."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any, TextIO

from lstm_engine.errors import UserError
from lstm_engine.forecast.beginning import begin
from lstm_engine.forecast.inputs import Inputs, inputs_of
from lstm_engine.forecast.settings import ForecastSettings
from lstm_engine.prices.reading.price_reader import Reading
from lstm_engine.prices.table import PriceTable
from lstm_engine.text import printable
from tui.cli import arguments
from tui.cli.script.foreground import LineOutput, follow
from tui.cli.script.taking_part import take_part


def settings_in(values: Mapping[str, Any]) -> ForecastSettings:
    """The settings in the options. Raises UserError."""
    if values["lr_epochs"] is not None and values["lr_schedule"] == "none":
        raise UserError("--lr-epochs is given without a schedule: expected it with --lr-schedule cosine or step")
    units = values["hidden"]
    bias = values["forget_bias"]
    defaults = ForecastSettings()
    return ForecastSettings(
        model=values["model"],
        hidden=units,
        layers=values["layers"],
        forget_bias=float(units > 1) if bias is None else bias,
        seed=values["seed"],
        lr=values["lr"],
        epochs=arguments.epochs(values) or defaults.epochs,
        batch_size=values["batch_size"] or defaults.batch_size,
        window=values["window"],
        target=values["target"],
        scale=values["scale"],
        validate=values["validate"],
        schedule=values["lr_schedule"],
        schedule_epochs=values["lr_epochs"],
        clip=values["clip"],
        patience=values["patience"],
        horizon=values["horizon"],
    )


def show_price_run(reading: Reading, values: dict[str, Any]) -> int:
    """Train on prices, on the board until the user leaves; the exit status. Raises UserError."""
    inputs = _inputs(reading, values)
    arguments.check_terminal()
    checkpoints = arguments.folder(values["checkpoints"])
    arguments.check_folder(checkpoints)
    place, launched = begin(checkpoints, inputs, tensorboard=values["tensorboard"])
    return take_part(place, launched, checkpoints, {**values, "detach": False, "no_screen": False}, sys.stdout)


def train_on_prices(reading: Reading, values: dict[str, Any], stream: TextIO) -> int:
    """Train on prices without a screen; the exit status.

    Raises:
        UserError: a setting is none, the prices do not suffice, or the run cannot be made.
        OSError: the output cannot be written.
    """
    inputs = _inputs(reading, values)
    checkpoints = arguments.folder(values["checkpoints"])
    arguments.check_folder(checkpoints)
    if not values["json"]:
        stream.writelines(printable(line) + "\n" for line in (str(inputs.table), *reading.notes))
        stream.flush()
    place, launched = begin(checkpoints, inputs, tensorboard=values["tensorboard"])
    if values["detach"]:
        return take_part(place, launched, checkpoints, {**values, "no_screen": False}, stream)
    from tui.cli.prices.price_output import JsonOutput, conclude

    if values["json"]:
        output = JsonOutput(place, stream)
        status = follow(place, launched.script, checkpoints, output)
        output.conclude(status)
        return status
    begun = f"run {place.name}: process {launched.script}"
    status = follow(place, launched.script, checkpoints, LineOutput(stream, names_checkpoints=False), begun)
    conclude(place, status, stream)
    return status


def _inputs(reading: Reading, values: Mapping[str, Any]) -> Inputs:
    table = reading.data
    assert isinstance(table, PriceTable)  # noqa: S101 - for the type checker
    return inputs_of(settings_in(values), table)
