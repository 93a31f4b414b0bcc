"""The settings of a model of prices, as far as a list of runs names them."""

from __future__ import annotations

import msgspec

from lstm_engine.forecast.inputs import SETTINGS
from lstm_engine.forecast.settings import ForecastSettings
from lstm_engine.script.script_run import INPUTS
from lstm_engine.store.files import bytes_at


def price_settings(directory: str) -> ForecastSettings | None:
    """Those of the run in this directory; None where it is of no model of prices, or they cannot be read."""
    try:
        return msgspec.json.decode(bytes_at(f"{directory}/{INPUTS}/{SETTINGS}"), type=ForecastSettings)
    except (OSError, ValueError):  # msgspec's errors are ValueErrors; who opens the run is told
        return None
