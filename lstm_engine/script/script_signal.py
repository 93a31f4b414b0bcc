"""Sends a signal to a run's script, whoever keeps it."""

from __future__ import annotations

import os
from pathlib import Path

from lstm_engine.script.living import living_script
from lstm_engine.store.holding.lock import in_use
from lstm_engine.store.holding.owner import owner_of


def signal_script(run: Path, number: int) -> bool:
    """Whether it was sent: by the keeper, which hands it on, or to the script itself where that is gone.

    False where no script of this host trains in the folder.
    """
    pid = None
    if in_use(run):
        owner = owner_of(run)
        pid = owner.pid if owner is not None and owner.is_here else None
    elif (progress := living_script(run)) is not None:
        pid = progress.pid
    if pid is None:
        return False
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return False
    return True
