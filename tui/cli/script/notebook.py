"""`lstm-tui env`: the variables by which a notebook, or whatever starts its own Python, tells of its training."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from lstm_engine.errors import UserError
from lstm_engine.protocol.runtime_folder import runtime_folder
from lstm_engine.script.script_environment import PATH, RUN, SOCKET, import_path
from lstm_engine.script.script_run import new_script_run
from lstm_engine.store.directory import timestamp
from lstm_engine.store.script_record import ScriptRecord
from lstm_engine.text import printable
from tui.options import shell_word

#: Numbers for sockets of scripts without a keeper, which would lend its own: no process has such a one.
_FIRST, _MANY = 5_000_000, 4_000_000


def notebook_exports(checkpoints: Path, name: str | None) -> list[str]:
    """The lines that a shell sets them with, for a new run of that name, or of one that is free.

    Raises:
        UserError: the run cannot be made.
    """
    try:
        socket = str(runtime_folder(os.environ) / f"{_FIRST + secrets.randbelow(_MANY)}.sock")
    except UserError:
        socket = ""  # it can be watched all the same
    record = ScriptRecord(created=timestamp(), argv=(), title="notebook", directory=str(Path.cwd()), socket=socket)
    try:
        with new_script_run(checkpoints.absolute(), record, name) as run:
            variables = {PATH: import_path(os.environ), RUN: str(run), SOCKET: socket}
    except OSError as error:
        place = printable(str(checkpoints))
        raise UserError(f"{place} cannot hold a new run ({error.strerror}): expected a folder for the runs") from error
    return [f"export {name}={shell_word(value)}" for name, value in variables.items() if value]
