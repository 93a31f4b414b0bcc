"""The options that only prices by date have a use for, and those that they have none for."""

from __future__ import annotations

import click

from tui.cli.options.click_options import together

#: How a file of prices is read.
reading_options = together(
    click.option("--shape", type=click.Choice(["auto", "companies", "long", "wide", "ohlcv"]), default="auto",
                 show_default=True, help="what a row of the data is"),
    click.option("--column", metavar="NAME", help="of prices by date: the one to use  [default: Close]"),
    click.option("--date-format", type=click.Choice(["dmy", "mdy", "ymd"]), help="of dates such as 01/04/1999"),
    click.option("--missing", type=click.Choice(["refuse", "drop", "fill"]), default="refuse", show_default=True,
                 help="what becomes of days on which a price is missing"),
)  # fmt: skip

#: What many models at once have in common.
model_options = together(
    click.option("--window", type=int, metavar="DAYS", default=30, show_default=True, help="days that go in"),
    click.option("--target", type=click.Choice(["return", "price"]), default="return", show_default=True,
                 help="what is predicted: the day's log return, or its price"),
    click.option("--validate", type=float, metavar="SHARE", default=0.2, show_default=True,
                 help="of the days, the last ones, are held out"),
    click.option("--scale", type=click.Choice(["z", "minmax", "none"]), default="z", show_default=True,
                 help="fitted on the days before those"),
    click.option("--layers", type=int, metavar="L", default=1, show_default=True, help="of nn-lstm"),
    click.option("--forget-bias", type=float, metavar="B",
                 help="added to every forget gate's  [default: 1 for more than one unit, else 0]"),
    click.option("--lr-schedule", type=click.Choice(["none", "cosine", "step"]), default="none", show_default=True,
                 help="of the learning rate"),
    click.option("--lr-epochs", type=int, metavar="N", help="that the schedule is over  [default: --epochs]"),
    click.option("--clip", type=float, metavar="NORM", help="the largest norm of a gradient"),
    click.option("--patience", type=int, metavar="N", help="stop after N epochs without a better validation"),
    click.option("--horizon", type=int, metavar="DAYS", default=1, show_default=True, help="how far to forecast"),
)  # fmt: skip

price_options = together(
    reading_options,
    click.option("--hidden", type=int, metavar="H", default=1, show_default=True,
                 help="units of a model of prices by date"),
    model_options,
)  # fmt: skip

#: By their names in a command's values: those of reading are of use to companies as well.
OF_PRICES = (
    "window",
    "target",
    "validate",
    "scale",
    "hidden",
    "layers",
    "forget_bias",
    "lr_schedule",
    "lr_epochs",
    "clip",
    "patience",
    "horizon",
)
OF_READING = ("shape", "column", "date_format", "missing")
OF_COMPANIES = ("init", "save_every", "keep", "on_hangup", "shared", "on_end", "start")
