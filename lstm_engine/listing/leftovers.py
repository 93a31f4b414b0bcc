"""Folders that are no run, and are of no use to anybody: setting one up, or removing it, was cut short."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

from lstm_engine.errors import UserError
from lstm_engine.script.output_tail import OUTPUT
from lstm_engine.script.script_run import CHECKPOINTS, KEEPER_LOG
from lstm_engine.script.vocabulary.events import EVENTS
from lstm_engine.store.database import HISTORY, is_checkpoint_name
from lstm_engine.store.directory import SUMMARY
from lstm_engine.store.files import is_temporary
from lstm_engine.store.holding.lock import LOCK, in_use
from lstm_engine.store.holding.owner import OWNER
from lstm_engine.store.holding.pulse import PULSE

#: Seconds without a change until nobody is setting it up any more; that takes milliseconds, and a long branch seconds.
_STILL = 600.0

#: What a run's folder holds besides its settings, checkpoints and temporary files.
_NAMES = (
    *(HISTORY, f"{HISTORY}-journal", SUMMARY, PULSE, LOCK, OWNER, "engine.log"),
    *(EVENTS, OUTPUT, KEEPER_LOG, CHECKPOINTS),
)

#: As new runs are named.
_NAME = re.compile(r"[a-z]+-[a-z]+(-[0-9]+)?", re.ASCII)


def leftovers(root: Path) -> list[Path]:
    """Those folders under `root` that hold files of a run of ours and nothing else, but no settings, in order.

    Raises:
        UserError: the folder cannot be listed.
    """
    try:
        with os.scandir(root) as entries:
            folders = [entry.path for entry in entries if entry.is_dir(follow_symlinks=False)]
        return [Path(folder) for folder in sorted(folders) if _is_left_over(folder)]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise UserError(f"{root} cannot be listed ({error.strerror}): expected the folder of all runs") from error


def _is_left_over(folder: str) -> bool:
    try:
        names = os.listdir(folder)  # noqa: PTH208 - there may be thousands
        if not all(name in _NAMES or is_checkpoint_name(name) or is_temporary(name) for name in names):
            return False
        if not names and not _NAME.fullmatch(folder.rpartition("/")[2]):
            return False
        return time.time() - os.stat(folder).st_mtime > _STILL and not in_use(Path(folder))  # noqa: PTH116
    except OSError:
        return False
