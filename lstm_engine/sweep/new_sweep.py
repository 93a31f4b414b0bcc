"""A new sweep, on disk before anything of it is trained."""

from __future__ import annotations

from pathlib import Path

from lstm_engine.store.new_folder import new_folder
from lstm_engine.sweep.settings import SweepSettings
from lstm_engine.sweep.sweep_folder import write_settings


def new_sweep(root: Path, settings: SweepSettings, name: str | None = None) -> Path:
    """A new sweep's folder under `root`, for its user alone; without a name, of one that is free.

    Raises:
        UserError: the name is none, or is taken; or the folder cannot be made.
    """
    return new_folder(root, name, lambda folder: write_settings(folder, settings))
