"""What changes with the run that an engine holds: where the log goes, and what a hang-up means."""

from __future__ import annotations

import contextlib
from pathlib import Path

from lstm_engine.protocol.channel import Outbox
from lstm_engine.run.records import OnHangup
from lstm_engine.service.logs import log_to
from lstm_engine.store.on_hangup import recalled_on_hangup, remember_on_hangup


def take_up(directory: Path | None, on_hangup: OnHangup | None, outbox: Outbox) -> None:
    """Writes the log there, and does on a hang-up what is wanted of that run.

    Args:
        directory: the run's; None where it has none yet.
        on_hangup: what was said this time, which the run remembers; None where nothing was.
    """
    log_to(directory)
    wish = on_hangup
    if directory is not None:
        if wish is None:
            wish = recalled_on_hangup(directory)
        else:
            with contextlib.suppress(OSError):  # a full disk: it holds for this time at least
                remember_on_hangup(directory, wish)
    outbox.outlives = wish != "stop"
