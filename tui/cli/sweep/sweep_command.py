"""`lstm-tui sweep`. As in `main`, it imports what it needs when it is called."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tui.cli.options.click_options import checkpoints_option
from tui.cli.options.given_option import given_option
from tui.cli.options.misplaced_option import misplaced_option
from tui.cli.options.price_options import OF_PRICES, OF_READING, model_options, reading_options

if TYPE_CHECKING:
    from lstm_engine.data.companies import Companies
    from lstm_engine.prices.table import PriceTable

_OF_COMPANIES = ("init", "solved")
_OF_THE_QUEUE = ("model", "batch_size", *OF_PRICES)
_SETTINGS = ("seeds", "lr", "epochs", "data", "name", "init", "solved", *_OF_THE_QUEUE, *OF_READING)


@click.command()
@click.option("--seeds", metavar="0-99,200", default="0-99", show_default=True, help="numbers and ranges")
@click.option("--lr", metavar="X,Y", default="0.001", show_default=True, help="Adam's learning rates")
@click.option("--init", metavar="normal,uniform", default="normal", show_default=True, help="initialisations")
@click.option("--epochs", type=int, metavar="N", help="that each is trained  [default: 5000; 100 on prices]")
@click.option(
    "--data", type=click.Path(path_type=Path), metavar="FILE|FOLDER", help="a row a company, or prices by date"
)
@click.option(
    "--solved",
    type=float,
    metavar="X",
    default=0.1,
    show_default=True,
    help="every prediction as near as that to its target",
)
@click.option("--model", metavar="by-hand,nn-lstm", default="by-hand", show_default=True, help="models of prices")
@click.option("--hidden", metavar="H,H", default="1", show_default=True, help="units of models of prices")
@click.option("--batch-size", type=click.IntRange(min=1), metavar="N", help="windows per step  [default: 64]")
@reading_options
@model_options
@click.option("--cluster", metavar="tcp://HOST:PORT", help="a scheduler of Dask whose workers train models of prices")
@click.option("--name", metavar="SWEEP", help="of the sweep  [default: one that is free]")
@click.option("--resume", "source", metavar="SWEEP", help="go on with one that was interrupted")
@click.option("--workers", type=click.IntRange(min=1), metavar="N", help="processes  [default: one a core]")
@click.option("--no-screen", is_flag=True, help="print lines, as where there is no terminal")
@click.option("--marker", type=click.Choice(["braille", "block", "ascii"]), help="what charts are drawn with")
@click.option("--json", is_flag=True, help="print a line a second and one of all members, as JSON")
@checkpoints_option  # fmt: skip
@click.pass_context
def sweep(context: click.Context, /, source: str | None, **values: Any) -> int:
    """Train many runs at once: every seed with every learning rate, and each in the bits of the single run.

    The unit by hand in one batch, with every initialisation; models of prices, with every number of units, as runs of
    their own, which the list of runs shows. `lstm-tui export SWEEP` writes a row a member.
    """
    from lstm_engine.errors import UserError
    from lstm_engine.prices.table import PriceTable
    from lstm_engine.queue.queue_folder import find_queue
    from tui.cli import arguments
    from tui.cli.stream_characters import keep_characters

    root = arguments.folder(values["checkpoints"])
    if values["json"]:
        keep_characters(sys.stdout)
    if source is not None and (given := given_option(context, *_SETTINGS)):
        raise UserError(f"{given} is given with --resume: expected one of the two, as a sweep keeps its settings")
    queue = None if source is None else find_queue(root, source)
    if queue is None and source is None:
        arguments.check_folder(root)
        data = _data(context, values)
        if isinstance(data, PriceTable):
            from tui.cli.queue.new_queue import new_queue

            queue = new_queue(root, data, values)
        else:
            return _batch(_new(root, data, values), root, values)
    if queue is not None:
        return _queue(queue, root, values)
    if given := given_option(context, "cluster"):
        raise UserError(f"{given} is given with a sweep of the unit: expected one of models of prices")
    return _batch(_found(root, source or ""), root, values)


def _data(context: click.Context, values: dict[str, Any]) -> Companies | PriceTable:
    """What is trained on. Raises UserError, also for options that there is no use for."""
    from lstm_engine.data.companies import WALK_THROUGH, Companies

    if values["data"] is None:
        if given := given_option(context, *_OF_THE_QUEUE, *OF_READING, "cluster"):
            raise misplaced_option(given, "the problem it opens on")
        return WALK_THROUGH
    from tui.cli.prices.data_option import data_of_option
    from tui.cli.standard_streams import say

    reading = data_of_option(values)
    for note in reading.notes:
        say(note)
    if isinstance(reading.data, Companies):
        if given := given_option(context, *_OF_THE_QUEUE, "cluster"):
            raise misplaced_option(given, "companies")
    elif given := given_option(context, *_OF_COMPANIES):
        raise misplaced_option(given, "dates")
    return reading.data


def _new(root: Path, data: Companies, values: dict[str, Any]) -> Path:
    from lstm_engine.sweep.new_sweep import new_sweep
    from tui.cli.sweep.sweep_settings import sweep_settings

    return new_sweep(root, sweep_settings(values, data), values["name"])


def _batch(folder: Path, root: Path, values: dict[str, Any]) -> int:
    """Trains the members of the unit, on screen where there is one; the exit status."""
    from tui.cli import arguments

    if not (values["json"] or values["no_screen"]) and _is_terminal():
        from tui.app.screens import Look, show_sweep
        from tui.options import EngineOptions

        look = Look(EngineOptions(root), fps=10, marker=arguments.marker_of(values))
        return show_sweep(folder, values["workers"], look)
    from tui.cli.sweep.sweep_process import run_sweep_process

    return run_sweep_process(folder, root, values["workers"], sys.stdout, json=values["json"])


def _queue(folder: Path, root: Path, values: dict[str, Any]) -> int:
    """Trains the members that are runs of their own, on screen where there is one; the exit status."""
    from tui.cli import arguments
    from tui.queue.queue_command import queue_command

    command = queue_command(folder, values["workers"], values["cluster"])
    if not (values["json"] or values["no_screen"]) and _is_terminal():
        from tui.options import continue_command
        from tui.queue.start import show_queue

        again, export = (
            continue_command(what, folder.name, str(folder), root) for what in ("sweep --resume", "export")
        )
        return show_queue(folder, command, arguments.marker_of(values), again, export)
    from tui.cli.queue.queue_process import run_queue_process

    return run_queue_process(folder, root, command, sys.stdout, json=values["json"])


def _is_terminal() -> bool:
    from lstm_engine.errors import UserError
    from tui.cli.arguments import check_terminal

    try:
        check_terminal()
    except UserError:
        return False
    return True


def _found(root: Path, source: str) -> Path:
    from lstm_engine.errors import UserError
    from lstm_engine.sweep.sweep_folder import find_sweep
    from lstm_engine.text import printable

    folder = find_sweep(root, source)
    if folder is None:
        place = printable(str(root))
        raise UserError(f"no sweep {printable(source)!r} in {place}: expected the name that `lstm-tui sweep` printed")
    return folder
