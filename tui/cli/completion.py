"""Shell completion by click's own mechanism: the script that a shell reads, and the runs that it then offers."""

from __future__ import annotations

import shlex
from pathlib import Path

import click
from click.shell_completion import CompletionItem, get_completion_class

from tui.options import DEFAULT_CHECKPOINTS

#: What makes a folder a run: `lstm_engine.store.directory.RECORDS`, which takes too long to load for the Tab key.
_RECORDS = ("run.json", "script.json")


def script(command: click.Command, shell: str) -> str:
    """The script that has `shell` (bash, zsh or fish) complete `lstm-tui`, whose command line is `command`."""
    completion = get_completion_class(shell)
    assert completion is not None  # noqa: S101 - click knows all that the command line lets through
    return completion(command, {}, "lstm-tui", "_LSTM_TUI_COMPLETE").source()


def run_names(context: click.Context, incomplete: str) -> list[CompletionItem[str]]:
    """The runs whose names begin so, in the folder that the command line names; else whatever file it may be.

    A shell puts a name into its command line as it is, so one that it would read otherwise (`$(…)`) is left out.
    """
    folder = context.params.get("checkpoints")
    root = Path(folder) if isinstance(folder, str) else DEFAULT_CHECKPOINTS
    try:
        found = sorted(path.name for path in root.iterdir() if path.name.startswith(incomplete))
        names = [name for name in found if shlex.quote(name) == name and _is_run(root / name)]
    except OSError:
        names = []
    return [CompletionItem(name) for name in names] or [CompletionItem(incomplete, type="file")]


def _is_run(folder: Path) -> bool:
    return any((folder / record).is_file() for record in _RECORDS)
