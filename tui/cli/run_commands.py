"""Commands on runs that are on disk, or that train. As in `main`, each imports what it needs when it is called."""

from __future__ import annotations

import sys
from typing import Any

import click


def run_names(context: click.Context, _: click.Parameter, incomplete: str) -> list[Any]:
    """The runs that a shell offers at the Tab key."""
    from tui.cli.completion import run_names

    return run_names(context, incomplete)


checkpoints_option = click.option("--checkpoints", metavar="DIR", default="checkpoints", show_default=True,
                                  help="the folder of all runs")  # fmt: skip


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
