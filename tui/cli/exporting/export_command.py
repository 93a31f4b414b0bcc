"""`lstm-tui export`. As in `main`, it imports what it needs when it is called."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from tui.cli.options.click_options import checkpoints_option, filter_option, run_names


@click.command()
@click.argument("source", metavar="[RUN]", required=False, shell_complete=run_names)
@click.option("--all", "everything", is_flag=True, help="every run: a row each, with its settings and results")
@filter_option("with --all, only those")
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "json", "metrics-csv", "tensorboard"]),
    default="csv",
    show_default=True,
    help="a row an epoch; a JSON array of one object an epoch; what Lightning's CSVLogger, or TensorBoard's, writes",
)
@click.option("--output", type=click.Path(path_type=Path), metavar="FILE",
              help="a file, for tensorboard a folder  [default: standard output]")  # fmt: skip
@checkpoints_option
def export(
    source: str | None, everything: bool, wanted: str | None, form: Any, output: Path | None, checkpoints: str
) -> None:
    """Write a run's history: epoch, loss, predictions, parameters; of a model of prices or a script's, its metrics.

    Those are for metrics-csv and tensorboard alone. Of a sweep, a row a member; with --all, a row a run.
    """
    from lstm_engine.errors import UserError
    from tui.cli import arguments
    from tui.cli.stream_characters import keep_characters

    root = arguments.folder(checkpoints)
    keep_characters(sys.stdout)
    if everything:
        if source is not None:
            raise UserError("a run is named with --all: expected one of the two")
        _export_all(root, form, wanted, output)
    elif source is None:
        raise click.MissingParameter(param_hint="'RUN'", param_type="argument")
    elif wanted is not None:
        raise UserError("--filter is given without --all: expected both, or a run's name alone")
    else:
        _export_one(root, source, form, output)


def _export_all(root: Path, form: str, wanted: str | None, output: Path | None) -> None:
    from lstm_engine.errors import UserError
    from lstm_engine.listing.entries import entries
    from tui.cli.exporting.write_entries import write_entries
    from tui.cli.exporting.write_text import write_text
    from tui.runs.run_filter import filtered

    if form not in ("csv", "json"):
        raise UserError(f"all runs have no common metrics for {form}: expected --format csv or json")
    found = filtered(entries(root.absolute()), wanted or "")
    write_text(output, lambda stream: write_entries(found, stream, json=form == "json"), sys.stdout)


def _export_one(root: Path, source: str, form: Any, output: Path | None) -> None:
    from lstm_engine.errors import UserError
    from lstm_engine.queue.queue_folder import find_queue, read_queue
    from lstm_engine.sweep.results import read_results
    from lstm_engine.sweep.sweep_folder import find_sweep
    from tui.cli import arguments
    from tui.cli.exporting.write_export import write_export
    from tui.cli.exporting.write_text import write_text
    from tui.cli.queue.member_results import member_results, write_member_results
    from tui.cli.sweep.member_rows import write_member_rows

    batch, queue = find_sweep(root, source), find_queue(root, source)
    if (batch or queue) and form != "csv":
        raise UserError(f"{source} is a sweep: expected --format csv, a row a member")
    if batch is not None:
        write_text(output, lambda stream: write_member_rows(read_results(batch), stream), sys.stdout)
        return
    if queue is not None:
        results = member_results(read_queue(queue))
        write_text(output, lambda stream: write_member_results(results, stream), sys.stdout)
        return
    arguments.check_source(root, source)
    write_export(root, source, form, output, sys.stdout)
