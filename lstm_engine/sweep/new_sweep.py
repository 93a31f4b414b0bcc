"""A new sweep, on disk before anything of it is trained."""

from __future__ import annotations

import shutil
from pathlib import Path

from lstm_engine.errors import UserError
from lstm_engine.store.directory import check_name, new_directory
from lstm_engine.store.files import sync_directory
from lstm_engine.sweep.settings import SweepSettings
from lstm_engine.sweep.sweep_folder import write_settings
from lstm_engine.text import printable


def new_sweep(root: Path, settings: SweepSettings, name: str | None = None) -> Path:
    """A new sweep's folder under `root`, for its user alone; without a name, of one that is free.

    Raises:
        UserError: the name is none, or is taken; or the folder cannot be made.
    """
    if name is not None:
        check_name(name)
    try:
        root.mkdir(parents=True, exist_ok=True)
        folder = new_directory(root.resolve(), name)
        try:
            folder.chmod(0o700)
            write_settings(folder, settings)
            sync_directory(root)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
    except OSError as error:
        place = printable(str(root))
        raise UserError(f"{place} cannot hold a new sweep ({error.strerror}): expected a folder for it") from error
    return folder
