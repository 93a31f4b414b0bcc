"""Commands on runs that are on disk, or that train. As in `main`, each imports what it needs when it is called."""

from __future__ import annotations

import sys
from typing import Any

import click

from tui.cli.options.click_options import checkpoints_option, run_names, screen_options


@click.command()
@click.argument("source", metavar="RUN", shell_complete=run_names)
@click.argument("text", required=False)
@checkpoints_option
def note(source: str, text: str | None, checkpoints: str) -> None:
    """Put a note to a run, also while it trains: one TEXT, in quotes.

    Words in it that begin with # are tags. An empty TEXT removes the note; without one it is printed.
    """
    from lstm_engine.store.directory import find_run
    from lstm_engine.store.notes import read_note, write_note
    from tui.cli import arguments
    from tui.cli.stream_characters import keep_characters

    root = arguments.folder(checkpoints)
    arguments.check_source(root, source)
    directory = find_run(root, source)
    if text is not None:
        write_note(directory, text)
    elif written := read_note(directory):
        keep_characters(sys.stdout)
        click.echo(written)


@click.command()
@click.argument("source", metavar="[RUN]", required=False, shell_complete=run_names)
@checkpoints_option
@screen_options
def attach(source: str | None, **values: Any) -> int:
    """Open the dashboard on a run that trains on this machine  [default: the one, or the list of them]."""
    from tui.cli.dashboard import attach_dashboard

    return attach_dashboard(values, source)


@click.command()
@click.argument("folder", metavar="FOLDER")
@screen_options
def watch(folder: str, **values: Any) -> int:
    """Open the board on a folder of logs, live: TensorBoard's event files, metrics.csv, runs of this program."""
    from tui.cli.dashboard import watch_logs

    return watch_logs(values, folder)


@click.command()
@click.argument("source", metavar="RUN", shell_complete=run_names)
@checkpoints_option
def stop(source: str, checkpoints: str) -> int:
    """Save a run that trains on this machine, and end its training."""
    import tui.cli.attending
    from tui.cli import arguments

    return tui.cli.attending.stop(arguments.folder(checkpoints), source)
