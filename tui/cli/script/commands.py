"""`lstm-tui run` and `lstm-tui env`. As in `main`, each imports what it needs when it is called."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from tui.cli.options.click_options import checkpoints_option, screen_options, script_options, tensorboard_option

_SHELL = "--"


class ScriptCommand(click.Command):
    """A command whose options end at the script: what is behind that is the script's own, whatever it looks like."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        at = self._end_of_options(args)
        # The first -- is click's, by which it leaves the rest alone.
        return super().parse_args(ctx, [*args[:at], _SHELL, *args[at:]])

    def _end_of_options(self, args: Sequence[str]) -> int:
        """The number of the first word that is no option of ours, nor the value of one."""
        takes_value = {
            name
            for parameter in self.params
            if isinstance(parameter, click.Option) and not parameter.is_flag
            for name in parameter.opts
        }
        at = 0
        while at < len(args) and args[at].startswith("-") and args[at] not in (_SHELL, "-m", "-"):
            at += 2 if args[at] in takes_value else 1
        return min(at, len(args))


@click.command(cls=ScriptCommand, options_metavar="[OPTIONS]")
@click.option("--name", metavar="RUN", help="of the run  [default: one that is free]")
@click.option("--python", metavar="PYTHON", help="the interpreter  [default: the shell's python]")
@script_options
@checkpoints_option
@tensorboard_option
@screen_options
@click.argument("words", metavar="SCRIPT ARGS | -m MODULE ARGS | -- PROGRAM ARGS", nargs=-1, type=click.UNPROCESSED)
def run(words: tuple[str, ...], **values: Any) -> int:
    """Train with a script of your own, watched and steered, with no line of it changed.

    It runs in this directory, in your own Python, and on after this terminal has gone. Its Lightning Trainers tell of
    themselves. Options of lstm-tui stand before the script.
    """
    from tui.cli import arguments
    from tui.cli.script.command_words import script_words
    from tui.cli.script.starting import start
    from tui.cli.script.taking_part import check_screen, take_part

    checkpoints = arguments.folder(values["checkpoints"])
    arguments.check_folder(checkpoints)
    directory = Path.cwd()
    found = script_words(list(words), values["python"], directory)
    check_screen(values)
    place, launched = start(checkpoints, found, directory, values["name"], tensorboard=values["tensorboard"])
    return take_part(place, launched, checkpoints, values, sys.stdout)


@click.command()
@click.option("--name", metavar="RUN", help="of the run  [default: one that is free]")
@checkpoints_option
def env(name: str | None, checkpoints: str) -> None:
    """Print what a shell sets so that a notebook started in it tells of its training, in a new run.

    eval "$(lstm-tui env)", then jupyter lab.
    """
    from tui.cli import arguments
    from tui.cli.script.notebook import notebook_exports

    folder = arguments.folder(checkpoints)
    arguments.check_folder(folder)
    click.echo("\n".join(notebook_exports(folder, name)))
