"""The options of prices by date: their groups know all of them."""

from __future__ import annotations

import click

from lstm_engine.forecast.settings import ForecastSettings
from tui.cli.main import cli
from tui.cli.options.price_options import OF_COMPANIES, OF_PRICES, OF_READING, price_options, reading_options
from tui.cli.prices.price_run import settings_in


@price_options
def prices() -> None: ...


@reading_options
def reading() -> None: ...


def values(function: object) -> dict[str, object]:
    command = click.Command("c", params=function.__click_params__)  # type: ignore[attr-defined]
    return command.make_context("c", []).params


def test_every_option_is_in_a_group() -> None:
    assert set(values(reading)) == set(OF_READING)
    assert set(values(prices)) == {*OF_PRICES, *OF_READING}


def test_the_defaults_are_those_of_the_settings() -> None:
    others = {"model": "by-hand", "seed": 42, "lr": 0.001, "epochs": None, "batch_size": None}
    assert settings_in({**values(prices), **others}) == ForecastSettings()


def test_more_units_than_one_begin_with_open_forget_gates() -> None:
    others = {"model": "by-hand", "seed": 42, "lr": 0.001, "epochs": 7, "batch_size": 8}
    found = settings_in({**values(prices), **others, "hidden": 2})
    assert (found.forget_bias, found.epochs, found.batch_size) == (1.0, 7, 8)
    assert settings_in({**values(prices), **others, "hidden": 2, "forget_bias": 0.0}).forget_bias == 0.0


def test_the_help_says_which_options_prices_do_not_take_and_how_many_epochs_they_get() -> None:
    options = {option.name: getattr(option, "help", "") for option in cli.params}
    for name in set(OF_COMPANIES) - {"start"}:
        assert "not with prices" in options[name], name
    assert f"of prices {ForecastSettings().epochs}]" in options["epochs"]
