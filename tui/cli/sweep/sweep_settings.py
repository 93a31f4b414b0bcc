"""From the options of `lstm-tui sweep` to what is combined."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lstm_engine.data.companies import Companies
from lstm_engine.sweep.settings import SweepSettings, checked_sweep
from tui.sweep.combined import parts_in, rates_in, seeds_in

#: That each member is trained, where nothing else is said.
_EPOCHS = 5000


def sweep_settings(values: Mapping[str, Any], data: Companies) -> SweepSettings:
    """The settings in the options seeds, lr, init, epochs and solved. Raises UserError."""
    settings = SweepSettings(
        seeds=seeds_in(values["seeds"]),
        lr=rates_in(values["lr"]),
        init=parts_in(values["init"]),  # type: ignore[arg-type] # checked below
        epochs=_EPOCHS if values["epochs"] is None else values["epochs"],
        data=data,
        solved=values["solved"],
    )
    return checked_sweep(settings)
