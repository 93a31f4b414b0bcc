"""What a model of prices is made from, in its run's folder, so that the run never depends on a file elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import msgspec
import numpy as np

from lstm_engine.errors import UserError
from lstm_engine.forecast.settings import ForecastSettings, checked_settings
from lstm_engine.prices.scaling import Scaling, fitted_scaling
from lstm_engine.prices.table import PriceTable, Shape
from lstm_engine.prices.time_split import TimeSplit, time_split
from lstm_engine.prices.windows import Windows, windows
from lstm_engine.store.arrays import read_arrays, write_arrays
from lstm_engine.store.files import bytes_at, write_durably
from lstm_engine.text import printable

SETTINGS, PRICES = "settings.json", "prices.npz"


@dataclass(frozen=True)
class Inputs:
    """windows: all of the table's. split: which of them are held out. scaling: of what goes in and is predicted."""

    settings: ForecastSettings
    windows: Windows
    split: TimeSplit
    scaling: Scaling

    @property
    def table(self) -> PriceTable:
        return self.windows.table


def inputs_of(settings: ForecastSettings, table: PriceTable) -> Inputs:
    """Raises UserError where a setting is none, or the table too short for it."""
    checked_settings(settings)
    found = windows(table, settings.window, settings.target)
    split = time_split(found, settings.validate)
    return Inputs(settings, found, split, fitted_scaling(found, split, settings.scale))


def write_inputs(folder: Path, inputs: Inputs) -> None:
    """Puts both files into `folder`, which is there. Raises OSError."""
    table = inputs.table
    write_arrays(
        folder / PRICES,
        dates=table.dates,
        prices=table.prices,
        tickers=np.array(table.tickers),
        about=np.array([table.source, table.column, table.shape]),
    )
    write_durably(folder / SETTINGS, msgspec.json.format(msgspec.json.encode(inputs.settings)))


def read_inputs(folder: Path) -> Inputs:
    """What `write_inputs` wrote. Raises UserError where it is missing or damaged."""
    try:
        settings = msgspec.json.decode(bytes_at(folder / SETTINGS), type=ForecastSettings)
        arrays = read_arrays(folder / PRICES)
        source, column, shape = map(str, arrays["about"])
        tickers, dates, prices = tuple(map(str, arrays["tickers"])), arrays["dates"], arrays["prices"]
        if shape not in get_args(Shape) or dates.dtype.kind != "M" or prices.dtype != np.float64:
            raise ValueError(f"arrays of {dates.dtype}, {prices.dtype} and the shape {shape!r:.40}")
        if not np.isfinite(prices).all():
            raise ValueError("prices that are not finite")
        table = PriceTable(source, tickers, dates, prices, column, shape)  # type: ignore[arg-type]
    except OSError as error:
        place = printable(str(folder))
        raise UserError(f"{place} cannot be read ({error.strerror}): expected {SETTINGS} and {PRICES}") from error
    except (ValueError, KeyError) as error:  # msgspec's errors are ValueErrors
        said = printable(str(error))
        raise UserError(f"{printable(str(folder))} is damaged ({said}): expected {SETTINGS} and {PRICES}") from error
    return inputs_of(settings, table)
