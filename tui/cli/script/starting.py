"""From the options of `lstm-tui run` to a script that runs, and is kept."""

from __future__ import annotations

from pathlib import Path

from lstm_engine.script.launch import Launched, begin_script
from lstm_engine.script.repository import repository_commit
from lstm_engine.store.directory import timestamp
from lstm_engine.store.script_record import ScriptRecord
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
    return begin_script(checkpoints, record, name)
