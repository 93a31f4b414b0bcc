"""`lstm-tui sweep`. As in `main`, it imports what it needs when it is called."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from tui.cli.options.click_options import checkpoints_option
from tui.cli.options.given_option import given_option

_SETTINGS = ("seeds", "lr", "init", "epochs", "data", "solved", "name")


@click.command()
@click.option("--seeds", metavar="0-99,200", default="0-99", show_default=True, help="numbers and ranges")
@click.option("--lr", metavar="X,Y", default="0.001", show_default=True, help="Adam's learning rates")
@click.option("--init", metavar="normal,uniform", default="normal", show_default=True, help="initialisations")
@click.option("--epochs", type=int, metavar="N", default=5000, show_default=True, help="that each is trained")
@click.option("--data", type=click.Path(path_type=Path), metavar="FILE.csv", help="a row a company")
@click.option(
    "--solved",
    type=float,
    metavar="X",
    default=0.1,
    show_default=True,
    help="every prediction as near as that to its target",
)
@click.option("--name", metavar="SWEEP", help="of the sweep  [default: one that is free]")
@click.option("--resume", "source", metavar="SWEEP", help="go on with one that was interrupted")
@click.option("--workers", type=click.IntRange(min=1), metavar="N", help="processes  [default: one a core]")
@click.option("--no-screen", is_flag=True, help="print lines, as where there is no terminal")
@click.option("--marker", type=click.Choice(["braille", "block", "ascii"]), help="what charts are drawn with")
@click.option("--json", is_flag=True, help="print a line a second and one of all members, as JSON")
@checkpoints_option  # fmt: skip
@click.pass_context
def sweep(context: click.Context, /, source: str | None, **values: Any) -> int:
    """Train many runs of the unit by hand at once: every seed with every learning rate and initialisation.

    Each ends in the bits of the single run. `lstm-tui export SWEEP` writes a row a member.
    """
    from lstm_engine.errors import UserError
    from lstm_engine.sweep.new_sweep import new_sweep
    from tui.cli import arguments
    from tui.cli.stream_characters import keep_characters
    from tui.cli.sweep.sweep_process import run_sweep_process
    from tui.cli.sweep.sweep_settings import sweep_settings

    root = arguments.folder(values["checkpoints"])
    if source is None:
        settings = sweep_settings(values)
        arguments.check_folder(root)
        folder = new_sweep(root, settings, values["name"])
    else:
        if given := given_option(context, *_SETTINGS):
            raise UserError(f"{given} is given with --resume: expected one of the two, as a sweep keeps its settings")
        folder = _found(root, source)
    if not (values["json"] or values["no_screen"]) and _is_terminal():
        from tui.app.screens import Look, show_sweep
        from tui.options import EngineOptions

        look = Look(EngineOptions(root), fps=10, marker=arguments.marker_of(values))
        return show_sweep(folder, values["workers"], look)
    if values["json"]:
        keep_characters(sys.stdout)
    return run_sweep_process(folder, root, values["workers"], sys.stdout, json=values["json"])


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
