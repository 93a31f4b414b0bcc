"""From the options of `lstm-tui sweep` to what is combined."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lstm_engine.data.companies import WALK_THROUGH
from lstm_engine.data.csv_reader import read_csv
from lstm_engine.sweep.settings import SweepSettings, checked_sweep
from tui.sweep.combined import parts_in, rates_in, seeds_in


def sweep_settings(values: Mapping[str, Any]) -> SweepSettings:
    """The settings in the options seeds, lr, init, epochs, data and solved. Raises UserError."""
    data = WALK_THROUGH if values["data"] is None else read_csv(values["data"])
    settings = SweepSettings(
        seeds=seeds_in(values["seeds"]),
        lr=rates_in(values["lr"]),
        init=parts_in(values["init"]),  # type: ignore[arg-type] # checked below
        epochs=values["epochs"],
        data=data,
        solved=values["solved"],
    )
    return checked_sweep(settings)
