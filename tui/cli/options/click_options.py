"""The command line's options that several commands have in common, in groups."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

Function = Callable[..., Any]


def together(*options: Callable[[Function], Function]) -> Callable[[Function], Function]:
    """Several click options as one decorator, in the order of the help."""

    def decorate(command: Function) -> Function:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


batch_size_option = click.option("--batch-size", type=click.IntRange(min=1), metavar="N",
                                  help="companies, or windows of prices, per optimiser step  [default: 1; 64 windows]"
                                  )  # fmt: skip

run_options = together(
    click.option("--model", type=click.Choice(["by-hand", "nn-lstm"]), default="by-hand", show_default=True,
                 help="twelve scalar parameters, or torch.nn.LSTM"),
    click.option("--seed", type=int, default=42, show_default=True, help="of the random initialisation"),
    click.option("--lr", type=float, default=0.001, show_default=True, help="Adam's learning rate"),
    click.option("--init", type=click.Choice(["normal", "uniform"]),
                 help="initialisation; not with prices  [default: normal; with nn-lstm uniform, PyTorch's own]"),
    batch_size_option,
    click.option("--data", type=click.Path(path_type=Path), metavar="FILE|FOLDER",
                 help="prices by date, or a row a company: its name, its days, the value to predict; - reads a pipe; "
                      "sunspots and random-walk come along"),
)  # fmt: skip

#: What a plain script's checkpoint says nothing of.
foreign_options = together(
    batch_size_option,
    click.option("--data", type=click.Path(path_type=Path), metavar="FILE.csv",
                 help="of a plain script's checkpoint  [default: the walk-through's]"),
)  # fmt: skip


def run_names(context: click.Context, _: click.Parameter, incomplete: str) -> list[Any]:
    from tui.cli.completion import run_names

    return run_names(context, incomplete)


checkpoints_option = click.option("--checkpoints", metavar="DIR", default="checkpoints", show_default=True,
                                   help="the folder of all runs")  # fmt: skip


def filter_option(what: str) -> Callable[[Function], Function]:
    """what: becomes of the runs that a filter lets through."""
    return click.option("--filter", "wanted", metavar="TEXT",
                        help=f"{what} that the list's filter finds: 'lr>=0.01 loss<0.001 -tag:old'")  # fmt: skip


tensorboard_option = click.option("--tensorboard", is_flag=True,
                                  help="write event files for TensorBoard into each run's folder")  # fmt: skip

engine_options = together(
    checkpoints_option,
    click.option("--save-every", type=float, metavar="SECONDS", default=1.0, show_default=True,
                 help="time between two checkpoints; not with prices"),
    click.option("--keep", type=click.IntRange(min=1), metavar="N", default=5, show_default=True,
                 help="how many of the timed checkpoints to keep; not with prices"),
    click.option("--on-hangup", type=click.Choice(["continue", "stop"]),
                 help="what training does when the terminal is gone; the run remembers it; not with prices  "
                      "[default: continue]"),
    click.option("--shared", is_flag=True, help="let the umask say who may read and write the runs; not with prices"),
    tensorboard_option,
    click.option("--on-end", metavar="COMMAND",
                 help="run it when training finishes, fails, or cannot save; not with prices"),
)  # fmt: skip

#: What is done with a script once it runs.
script_options = together(
    click.option("--detach", is_flag=True, help="in the background: return when the script runs, and print the run"),
    click.option("--no-screen", is_flag=True, help="wait with a line now and then, and exit with the script's status"),
    click.option("--json", is_flag=True, help="with --detach: print an object of run, directory and pid"),
)  # fmt: skip

start_option = click.option("--start", is_flag=True, help="train at once; prices are always")

screen_options = together(
    click.option("--fps", type=click.IntRange(1, 60), metavar="N", default=10, show_default=True,
                 help="frames a second"),
    click.option("--marker", type=click.Choice(["braille", "block", "ascii"]),
                 help="what charts are drawn with  [default: braille; ascii in the Linux console, and where the "
                      "locale is not UTF-8]"),
    click.option("--no-bell", is_flag=True, help="be silent when training finishes, fails, or cannot save"),
)  # fmt: skip


def epochs_option(text: str) -> Callable[[Function], Function]:
    return click.option("--epochs", type=int, metavar="N", help=text)
