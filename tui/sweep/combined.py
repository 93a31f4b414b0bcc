"""What a sweep combines, as one writes it: lists of seeds, learning rates and initialisations."""

from __future__ import annotations

import re

from lstm_engine.data.companies import Companies
from lstm_engine.errors import UserError
from lstm_engine.run.config import LARGEST_SEED
from lstm_engine.sweep.settings import MOST_MEMBERS, SweepSettings, checked_sweep

_RANGE = re.compile(r"(\d+)(?:-(\d+))?", re.ASCII)
_NAMES = ("seeds", "lr", "init")


def seeds_in(text: str) -> tuple[int, ...]:
    """The seeds in a list of numbers and ranges, such as 0-99,7. Raises UserError."""
    found: list[int] = []
    for part in parts_in(text):
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


def rates_in(text: str) -> tuple[float, ...]:
    """The learning rates in a list. Raises UserError."""
    try:
        return tuple(map(float, parts_in(text)))
    except ValueError:
        wrong = next(part for part in parts_in(text) if not _is_number(part))
        raise UserError(f"lr holds {wrong!r}: expected numbers above 0, such as 0.001,0.01") from None


def parts_in(text: str) -> tuple[str, ...]:
    """What commas part."""
    return tuple(part.strip() for part in text.split(","))


def combined_in(text: str, data: Companies, epochs: int) -> SweepSettings:
    """The sweep in a line such as `seeds 0-99 lr 0.001,0.01 init normal,uniform`.

    What is not named is as in any sweep; seeds are to be. Raises UserError.
    """
    words = re.sub(r"\s*,\s*", ",", text).split()
    named = dict(zip(words[::2], words[1::2], strict=False))
    if len(words) % 2 or set(named) - set(_NAMES) or 2 * len(named) != len(words) or "seeds" not in named:
        raise UserError(f"“{text.strip()[:40]}” is no sweep: expected seeds, lr and init, each with its list")
    settings = SweepSettings(
        seeds=seeds_in(named["seeds"]),
        lr=rates_in(named.get("lr", "0.001")),
        init=parts_in(named.get("init", "normal")),  # type: ignore[arg-type] # checked below
        epochs=epochs,
        data=data,
    )
    return checked_sweep(settings)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
