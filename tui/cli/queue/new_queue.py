"""From the options of `lstm-tui sweep` with prices by date to a queue's folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lstm_engine.errors import UserError
from lstm_engine.prices.table import PriceTable
from lstm_engine.queue.queue_folder import write_queue
from lstm_engine.queue.queue_settings import QueueSettings, checked_queue
from lstm_engine.store.new_folder import new_folder
from lstm_engine.text import printable
from tui.cli.prices.price_run import settings_in
from tui.sweep.combined import parts_in, rates_in, seeds_in


def new_queue(root: Path, prices: PriceTable, values: Mapping[str, Any]) -> Path:
    """A new queue's folder under `root`.

    Raises:
        UserError: an option is none, the prices do not suffice, or the folder or a run of that name cannot be.
    """
    settings = _settings(values)

    def furnish(folder: Path) -> None:
        taken = next((member.run for member in settings.members(folder.name) if (root / member.run).exists()), None)
        if taken is not None:
            raise UserError(f"run {printable(taken)} is there already: expected another --name for the sweep")
        write_queue(folder, settings, prices)

    return new_folder(root, values["name"], furnish)


def _settings(values: Mapping[str, Any]) -> QueueSettings:
    hidden = tuple(map(_units, parts_in(values["hidden"])))
    models, lr, seeds = parts_in(values["model"]), rates_in(values["lr"]), seeds_in(values["seeds"])
    one = {**values, "hidden": hidden[0], "model": models[0], "lr": lr[0], "seed": seeds[0]}
    return checked_queue(
        QueueSettings(
            models=models,  # type: ignore[arg-type] # checked below
            hidden=hidden,
            lr=lr,
            seeds=seeds,
            forget_bias=values["forget_bias"],
            base=settings_in(one),
        )
    )


def _units(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise UserError(f"hidden holds {text!r}: expected numbers of units, such as 8,32")
    return int(text)
