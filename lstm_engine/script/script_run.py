"""Makes the folder of a script's run."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

from lstm_engine.store.directory import check_name, new_directory
from lstm_engine.store.files import sync_directory
from lstm_engine.store.script_record import SCRIPT_RECORD, ScriptRecord, write_script_record

#: The folder in a run that the checkpoints which we ask for go into.
CHECKPOINTS = "checkpoints"
#: The folder in a run for what its script reads, where that is to go along with a branch.
INPUTS = "inputs"
#: What the keeper writes by itself, where it meets a defect.
KEEPER_LOG = "keeper.log"


@contextlib.contextmanager
def new_script_run(root: Path, record: ScriptRecord, name: str | None = None) -> Iterator[Path]:
    """A new run's folder under `root`, for its user alone; without a name, of one that is free.

    Where the block raises, it is removed.

    Raises:
        UserError: the name is none for a run, or is taken.
        OSError: it cannot be made.
    """
    if name is not None:
        check_name(name)
    root.mkdir(parents=True, exist_ok=True)
    directory = new_directory(root.resolve(), name)
    try:
        directory.chmod(0o700)
        set_record(directory, record)
        (directory / CHECKPOINTS).mkdir(mode=0o700)
        sync_directory(root)
        yield directory
    except BaseException:
        shutil.rmtree(directory, ignore_errors=True)
        raise


def set_record(directory: Path, record: ScriptRecord) -> None:
    """Puts `script.json` in a run's folder, for its user alone. Raises OSError."""
    write_script_record(directory, record)
    (directory / SCRIPT_RECORD).chmod(0o600)
