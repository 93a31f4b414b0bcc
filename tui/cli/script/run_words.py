"""What a run that a script trains is to its user."""

from __future__ import annotations

from pathlib import Path

from lstm_engine.forecast.outlook import is_price_run
from lstm_engine.text import printable


def run_words(run: Path) -> str:
    """The beginning of a sentence about it: whoever trains on prices has never seen a script. run: its folder."""
    whose = "a model of prices" if is_price_run(run) else "a script's"
    return f"run {printable(run.name)} is {whose}"
