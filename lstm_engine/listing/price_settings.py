"""The settings of a model of prices, for who looks at its run from outside."""

from __future__ import annotations

import msgspec

from lstm_engine.forecast.inputs import SETTINGS
from lstm_engine.forecast.settings import ForecastSettings
from lstm_engine.script.script_run import INPUTS
from lstm_engine.store.files import bytes_at

#: Options that are not called as their settings are.
_OPTIONS = {"schedule": "lr-schedule", "schedule_epochs": "lr-epochs"}


def price_settings(directory: str) -> ForecastSettings | None:
    """Those of the run in this directory; None where it is of no model of prices, or they cannot be read."""
    try:
        return msgspec.json.decode(bytes_at(f"{directory}/{INPUTS}/{SETTINGS}"), type=ForecastSettings)
    except (OSError, ValueError):  # msgspec's errors are ValueErrors; who opens the run is told
        return None


def settings_by_option(settings: ForecastSettings) -> dict[str, str | int | float]:
    """All of them under the names of the options that set them; `none` for one that is not set."""
    named = {
        _OPTIONS.get(name, name.replace("_", "-")): value for name, value in msgspec.structs.asdict(settings).items()
    }
    return {name: "none" if value is None else value for name, value in named.items()}
