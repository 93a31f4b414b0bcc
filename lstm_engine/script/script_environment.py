"""What a script's process finds in its environment, so that the hook gets into it and tells of its run."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

#: The folder that goes on the script's import path: the hook, and what tells Lightning of it, alone.
HOOK_FOLDER = Path(__file__).parents[1] / "hook"

PATH = "PYTHONPATH"
RUN, SOCKET = "LSTM_TUI_RUN", "LSTM_TUI_SOCKET"
CHECKPOINT, FIT, EPOCHS = "LSTM_TUI_CKPT", "LSTM_TUI_FIT", "LSTM_TUI_EPOCHS"
_OURS = (RUN, SOCKET, CHECKPOINT, FIT, EPOCHS)


@dataclass(frozen=True)
class GoOn:
    """Where a script goes on from.

    checkpoint: absolute. fit: the number of the fit, of its process, that the checkpoint is of.
    max_epochs: the epoch that fit is to end at; None for what the script says.
    """

    checkpoint: str
    fit: int = 0
    max_epochs: int | None = None


def import_path(environment: Mapping[str, str]) -> str:
    """The PYTHONPATH with the hook's folder before what is there."""
    before = environment.get(PATH, "")
    return os.pathsep.join([str(HOOK_FOLDER), before] if before else [str(HOOK_FOLDER)])


def script_environment(
    environment: Mapping[str, str], run: Path, socket: str = "", go_on: GoOn | None = None
) -> dict[str, str]:
    """The environment of a script that trains in the folder `run`.

    Args:
        environment: the one that it would have; what is of another run in it is left out.
        socket: the path that the hook is to listen at; empty for none.
    """
    kept = {name: value for name, value in environment.items() if name not in _OURS}
    kept[PATH] = import_path(environment)
    # Written at once, the end of its output is there when it is killed.
    kept["PYTHONUNBUFFERED"] = "1"
    kept[RUN] = str(run)
    if socket:
        kept[SOCKET] = socket
    if go_on is not None:
        kept[CHECKPOINT] = go_on.checkpoint
        kept[FIT] = str(go_on.fit)
        if go_on.max_epochs is not None:
            kept[EPOCHS] = str(go_on.max_epochs)
    return kept
