"""From the options of `lstm-tui sweep` to what is combined."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from lstm_engine.data.companies import WALK_THROUGH
from lstm_engine.data.csv_reader import read_csv
from lstm_engine.errors import UserError
from lstm_engine.run.config import LARGEST_SEED
from lstm_engine.sweep.settings import MOST_MEMBERS, SweepSettings, checked_sweep

_RANGE = re.compile(r"(\d+)(?:-(\d+))?", re.ASCII)


def sweep_settings(values: Mapping[str, Any]) -> SweepSettings:
    """The settings in the options seeds, lr, init, epochs, data and solved. Raises UserError."""
    data = WALK_THROUGH if values["data"] is None else read_csv(values["data"])
    settings = SweepSettings(
        seeds=seeds_in(values["seeds"]),
        lr=tuple(map(_number, _parts(values["lr"]))),
        init=_parts(values["init"]),  # type: ignore[arg-type] # checked below
        epochs=values["epochs"],
        data=data,
        solved=values["solved"],
    )
    return checked_sweep(settings)


def seeds_in(text: str) -> tuple[int, ...]:
    """The seeds in a list of numbers and ranges, such as 0-99,7. Raises UserError."""
    found: list[int] = []
    for part in _parts(text):
        match = _RANGE.fullmatch(part)
        if match is None:
            raise UserError(f"seeds holds {part!r}: expected numbers and ranges, such as 0-99,200")
        first = int(match[1])
        last = int(match[2] or first)
        if not first <= last <= LARGEST_SEED or last - first >= MOST_MEMBERS:
            raise UserError(
                f"seeds holds {part!r}: expected the smaller number first, at most {LARGEST_SEED}, and at most "
                f"{MOST_MEMBERS:,} of them"
            )
        found.extend(range(first, last + 1))
    return tuple(found)


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(","))


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise UserError(f"lr holds {text!r}: expected numbers above 0, such as 0.001,0.01") from error
