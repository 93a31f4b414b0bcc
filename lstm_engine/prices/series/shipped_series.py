"""The series that come along, by name."""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parent

#: `sunspots` has a season that a model can learn; `random-walk` has nothing to learn.
NAMES = ("sunspots", "random-walk")


def shipped_series(name: str) -> Path | None:
    """The file of the series of that name; None where none is called so."""
    return _FOLDER / f"{name}.csv" if name in NAMES else None
