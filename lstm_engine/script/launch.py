"""Begins a script's run, and starts its keeper, which then needs nobody."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from lstm_engine.errors import UserError
from lstm_engine.script.keeper import Begun
from lstm_engine.script.script_environment import GoOn
from lstm_engine.script.script_run import KEEPER_LOG, new_script_run
from lstm_engine.store.script_record import ScriptRecord
from lstm_engine.text import printable

#: -P keeps the working directory off the import path: a stray psutil.py there is not psutil.
_COMMAND = (sys.executable, "-P", "-m", "lstm_engine.script.keeper")
#: Seconds until the script runs, at most.
_PATIENCE = 30.0


@dataclass(frozen=True)
class Launched:
    """keeper, script: the numbers of their processes."""

    keeper: int
    script: int


def launch(run: Path, go_on: GoOn | None = None) -> Launched:
    """Has the script in `run` started by a keeper, in a session of its own.

    Raises:
        UserError: it cannot be started; one sentence says why.
    """
    more = []
    if go_on is not None:
        more = ["--ckpt", go_on.checkpoint, "--fit", str(go_on.fit)]
        more += [] if go_on.max_epochs is None else ["--epochs", str(go_on.max_epochs)]
    try:
        log = os.open(run / KEEPER_LOG, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        try:
            keeper = subprocess.Popen(
                [*_COMMAND, str(run), *more],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                start_new_session=True,
            )
        finally:
            os.close(log)
    except OSError as error:
        raise UserError(f"the script's keeper cannot be started in {run} ({error.strerror})") from error
    with keeper:
        begun = _begun(keeper)
    if begun.problem:
        raise UserError(begun.problem)
    return Launched(begun.keeper, begun.pid)


def begin_script(
    root: Path,
    record: ScriptRecord,
    name: str | None,
    furnish: Callable[[Path], GoOn | None] = lambda _: None,
) -> tuple[Path, Launched]:
    """The folder of a new run under `root`, and the processes that train in it.

    Args:
        name: the run's; None for one that is free.
        furnish: puts into the folder what the script reads there; the checkpoint to go on from, None to begin anew.

    Raises:
        UserError: it cannot be made or started, and nothing is left of it.
    """
    try:
        with new_script_run(root.absolute(), record, name) as run:
            return run, launch(run, furnish(run))
    except OSError as error:
        place = printable(str(root))
        raise UserError(f"{place} cannot hold a new run ({error.strerror}): expected a folder for the runs") from error


def _begun(keeper: subprocess.Popen[bytes]) -> Begun:
    assert keeper.stdout is not None  # noqa: S101 - it was asked for
    if not select.select([keeper.stdout], [], [], _PATIENCE)[0]:
        return Begun(problem=f"the script's keeper has not answered within {_PATIENCE:g} s")
    try:
        return msgspec.json.decode(keeper.stdout.readline(), type=Begun)
    except msgspec.DecodeError:
        return Begun(problem=f"the script's keeper ended before the script began: {KEEPER_LOG} in the run says why")
