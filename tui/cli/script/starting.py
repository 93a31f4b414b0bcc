"""From the options of `lstm-tui run` to a script that runs, and is kept."""

from __future__ import annotations

from pathlib import Path

from lstm_engine.errors import UserError
from lstm_engine.script.launch import Launched, launch
from lstm_engine.script.repository import repository_commit
from lstm_engine.script.script_run import new_script_run
from lstm_engine.store.directory import timestamp
from lstm_engine.store.script_record import ScriptRecord
from lstm_engine.text import printable
from tui.cli.script.command_words import ScriptWords


def start(
    checkpoints: Path, words: ScriptWords, directory: Path, name: str | None, *, tensorboard: bool = False
) -> tuple[Path, Launched]:
    """The folder of a new run, and the processes that train in it.

    Args:
        directory: where the script runs.
        name: the run's; None for one that is free.
        tensorboard: event files for TensorBoard are written beside it.

    Raises:
        UserError: it cannot be made or started, and nothing is left of it.
    """
    record = ScriptRecord(
        created=timestamp(),
        argv=words.argv,
        title=words.title,
        directory=str(directory),
        commit=repository_commit(words.at),
        tensorboard=tensorboard,
    )
    try:
        with new_script_run(checkpoints.absolute(), record, name) as run:
            return run, launch(run)
    except OSError as error:
        place = printable(str(checkpoints))
        raise UserError(f"{place} cannot hold a new run ({error.strerror}): expected a folder for the runs") from error
