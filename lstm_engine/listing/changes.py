"""What is done to a run as a whole: it is given another name, or removed."""

from __future__ import annotations

import shutil
from pathlib import Path

from lstm_engine.errors import UserError
from lstm_engine.script.living import refuse_living
from lstm_engine.store.directory import RECORDS, check_name, find_run, taken
from lstm_engine.store.holding.lock import RunLock


def rename(root: Path, name: str, new_name: str) -> Path:
    """Gives a run another name, which is its directory's.

    Raises:
        UserError: the name is no name for a directory, is taken, or the run is in use.
    """
    check_name(new_name)
    directory = _place(root, name)
    target = directory.parent / new_name
    if target.exists():
        raise UserError(taken(new_name, root))
    try:
        _refuse_in_use(directory)
        return directory.rename(target)
    except OSError as error:
        raise UserError(f"{name} cannot be renamed ({error.strerror})") from error


def delete(root: Path, name: str) -> None:
    """Removes a run with all it holds; where a link leads to it from `root`, the link alone.

    Raises:
        UserError: there is no such run, or it is in use.
    """
    directory = _place(root, name)
    try:
        _refuse_in_use(directory)
        if directory.is_symlink():
            directory.unlink()
            return
        # Without its record the rest is no run any more, should the removal be cut short.
        for record in RECORDS:
            (directory / record).unlink(missing_ok=True)
        shutil.rmtree(directory)
    except OSError as error:
        raise UserError(f"{name} cannot be removed ({error.strerror}: {error.filename})") from error


def _place(root: Path, name: str) -> Path:
    """The run of that name as it stands in `root`, which may be a link. Raises UserError where there is none."""
    directory = find_run(root, name)
    return root / name if (root / name).is_symlink() else directory


def _refuse_in_use(directory: Path) -> None:
    lock = RunLock(directory)
    lock.hold()  # on a full disk, too: deleting a run is how to make room
    lock.release()
    refuse_living(directory)
