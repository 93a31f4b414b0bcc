"""A new folder beside the runs, for its user alone: whole, or not there."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from lstm_engine.errors import UserError
from lstm_engine.store.directory import check_name, new_directory
from lstm_engine.store.files import sync_directory
from lstm_engine.text import printable


def new_folder(root: Path, name: str | None, furnish: Callable[[Path], object]) -> Path:
    """A folder under `root` that `furnish` has put into it what it holds; without a name, of one that is free.

    Raises:
        UserError: the name is none, or is taken; or the folder cannot be made; or what `furnish` raises.
    """
    if name is not None:
        check_name(name)
    try:
        root.mkdir(parents=True, exist_ok=True)
        folder = new_directory(root.resolve(), name)
        try:
            folder.chmod(0o700)
            furnish(folder)
            sync_directory(root)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
    except OSError as error:
        place = printable(str(root))
        raise UserError(f"{place} cannot hold a new sweep ({error.strerror}): expected a folder for it") from error
    return folder
