"""The command line. Bad input is one sentence on standard error and exit status 2.

The top of this module imports next to nothing, and each command what it needs: the first frame has to be quick.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lstm_engine.errors import UserError
from tui.cli.exit_status import BAD_INPUT, DONE, FAILED, INTERRUPTED
from tui.cli.exporting.export_command import export
from tui.cli.options.click_options import (
    checkpoints_option,
    engine_options,
    epochs_option,
    filter_option,
    foreign_options,
    run_names,
    run_options,
    screen_options,
    script_options,
    start_option,
)
from tui.cli.options.given_option import given_option
from tui.cli.options.price_options import OF_PRICES, OF_READING, price_options
from tui.cli.prices.forecast_command import forecast
from tui.cli.run_commands import attach, note, stop, watch
from tui.cli.script.commands import env
from tui.cli.script.commands import run as run_script
from tui.cli.standard_streams import drop, open_what_is_closed, say
from tui.cli.sweep.sweep_command import sweep

if TYPE_CHECKING:
    from tui.options import TrainOptions

#: What a resumed run brings along itself.
_SETTINGS = ("model", "seed", "lr", "init", "batch_size", "data", *OF_PRICES, *OF_READING)
#: Options of `resume` that one kind of run alone takes.
_OF_THE_LSTM = ("batch_size", "data", "save_every", "keep", "on_hangup", "shared", "on_end", "start")
_OF_SCRIPTS = ("detach", "no_screen", "json", "source_checkpoint", "name")
#: What an engine is started with.
_OF_THE_ENGINE = ("save_every", "keep", "on_hangup", "shared", "tensorboard", "on_end")
#: Those that a plain script's checkpoint does not bring along.
_SAID = ("batch_size", "data")


def main() -> None:
    """What `lstm-tui` runs: the command line of this process, with its exit status."""
    from tui.cli.stream_characters import fit_stream

    open_what_is_closed()
    for stream in (sys.stdout, sys.stderr):
        fit_stream(stream, os.environ)
    status = DONE
    try:
        status = run(sys.argv[1:])
        sys.stdout.flush()
    except OSError as error:
        drop(sys.stdout)
        # A command that failed has said why; and whoever read the output may have had enough of it (`| head`).
        if not (status or isinstance(error, BrokenPipeError)):
            say(f"the output cannot be written: {error.strerror}")
        status = status or FAILED
    say()
    sys.exit(status)


def run(arguments: list[str]) -> int:
    """Carry out a command line; the exit status."""
    try:
        status = cli.main(arguments, prog_name="lstm-tui", standalone_mode=False)
    except click.Abort:
        return INTERRUPTED
    except click.MissingParameter as error:
        return _refused(" ".join(error.format_message().split()))  # click lists the choices one a line
    except click.ClickException as error:
        return _refused(error.format_message())
    except UserError as error:
        return _refused(str(error))
    return status if isinstance(status, int) else DONE


def _refused(sentence: str) -> int:
    from lstm_engine.text import printable

    say(printable(sentence))
    return BAD_INPUT


@click.group(
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@epochs_option("how many to train  [default: 2000; of prices 100]")
@run_options
@price_options
@engine_options
@start_option
@screen_options
@click.version_option(package_name="lstm-tui")
@click.pass_context
def cli(context: click.Context, /, **values: Any) -> int | None:
    """Train an LSTM in the terminal: without a command, opens the dashboard on a new run."""
    if context.invoked_subcommand is None:
        from tui.cli.new_run import show_new_run

        return show_new_run(context, values)
    given = given_option(context, *values)
    if given:
        raise UserError(f"{given} stands before {context.invoked_subcommand}: expected options behind the command")
    return None


@cli.command()
@epochs_option(
    "how many to train; with --resume, how many more  "
    "[default: what a resumed run has left; 2000 for a new one, 100 of prices]"
)
@run_options
@price_options
@engine_options
@click.option("--resume", "source", metavar="RUN|CKPT", shell_complete=run_names,
              help="go on with a run: its name, directory or checkpoint")  # fmt: skip
@click.option("--json", is_flag=True, help="print the engine's events, one JSON object a line")
@click.option("--detach", is_flag=True, help="in the background: return when training has begun, and print the run")
@click.pass_context
def train(context: click.Context, /, source: str | None, json: bool, detach: bool, **values: Any) -> int:
    """Train without a screen, for scripts and pipes.

    Exit status: 0 done, 1 training failed, 2 bad usage or input, 130 interrupted after saving.
    """
    from tui.cli import arguments
    from tui.options import TrainOptions

    if source is None:
        from tui.cli.new_run import train_new_run

        return train_new_run(context, {**values, "json": json, "detach": detach})
    _refuse_settings(context, source, "--resume")
    options = TrainOptions(
        config=arguments.foreign_config(values),
        epochs=arguments.epochs(values),
        engine=arguments.engine_options(values),
        json=json,
        source=source,
        detach=detach,
    )
    if (script := arguments.script_run(options.engine.checkpoints, source)) is not None:
        raise _resumed_otherwise(script, options)
    import tui.cli.train
    from tui.cli.stream_characters import keep_characters

    if json:
        keep_characters(sys.stdout)
    return tui.cli.train.run(options)


@cli.command()
@click.argument("source", metavar="RUN|CKPT", required=False, shell_complete=run_names)
@epochs_option("how many to train where the run has no target left  [default: 2000]")
@foreign_options
@engine_options
@start_option
@screen_options
@script_options
@click.option("--from", "source_checkpoint", type=click.Path(path_type=Path), metavar="CKPT",
              help="of a script's run: branch off from that checkpoint")  # fmt: skip
@click.option("--name", metavar="RUN", help="of the branch  [default: one that is free]")
@click.pass_context
def resume(context: click.Context, /, source: str | None, **values: Any) -> int:
    """Open the dashboard on a run that is on disk  [default: the one that was saved last].

    A script's run goes on from its newest checkpoint, in a new process of the same script.
    """
    from tui.cli import arguments

    source = source or arguments.last_run(values["checkpoints"])
    checkpoints = arguments.folder(values["checkpoints"])
    if (script := arguments.script_run(checkpoints, source)) is not None:
        from tui.cli.script.resume import resume_run

        if given := given_option(context, *_OF_THE_LSTM):
            raise UserError(f"{given} is given with a script's run: expected what the script itself takes")
        status = resume_run(script, checkpoints, values)
        if values["no_screen"] and values["source_checkpoint"] is None:
            from tui.cli.prices.price_output import conclude

            conclude(script, status, sys.stdout)
        return status
    if given := given_option(context, *_OF_SCRIPTS):
        raise UserError(f"{given} is for scripts' runs, and {source} is none: expected one, or `lstm-tui train`")
    if (given := given_option(context, *_OF_THE_ENGINE)) and arguments.is_open(checkpoints, source):
        raise UserError(f"{given} is given with a run that is open already: expected it where the run is opened")
    _refuse_settings(context, source, "a run")
    from tui.cli.dashboard import open_dashboard

    return open_dashboard(values, source)


@cli.command()
@engine_options
@screen_options
def tour(**values: Any) -> int:
    """Open the dashboard with a lesson beside it, which goes from step to step at a key."""
    from tui.cli.dashboard import open_dashboard

    return open_dashboard(values, tour=True)


@cli.command()
@checkpoints_option
@filter_option("only those")
@click.option("--json", is_flag=True, help="print a JSON array, one object a run")
def runs(checkpoints: str, wanted: str | None, json: bool) -> None:
    """List the runs on disk, the last saved first."""
    from tui.cli import arguments
    from tui.cli.runs import write_runs
    from tui.cli.stream_characters import keep_characters

    if json:
        keep_characters(sys.stdout)
    write_runs(arguments.folder(checkpoints), sys.stdout, wanted or "", json=json)


for _command in (run_script, forecast, sweep, attach, watch, note, stop, export, env):
    cli.add_command(_command)


@cli.command()
@click.argument("shell", metavar="bash|zsh|fish", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the script that has a shell complete commands, options and runs."""
    from tui.cli.completion import script

    click.echo(script(cli, shell), nl=False)


def _resumed_otherwise(run: Path, options: TrainOptions) -> UserError:
    """What a script's run is gone on with, as asked for."""
    from tui.cli.script.run_words import run_words
    from tui.options import continue_command

    how = "--no-screen" if not options.detach else "--detach --json" if options.json else "--detach"
    command = continue_command(f"resume {how}", run.name, str(run), options.engine.checkpoints, options.epochs)
    return UserError(f"{run_words(run)}: `{command}` goes on with it")


def _refuse_settings(context: click.Context, source: str, what: str) -> None:
    """Raises UserError where settings are given for what has its own. what: `source`, in the words of the sentence."""
    from tui.cli import arguments

    own = [name for name in _SETTINGS if name not in _SAID or not arguments.is_foreign(source)]
    if contradiction := given_option(context, *own):
        raise UserError(f"{contradiction} is given with {what}: expected one of the two, as a run keeps its settings")


if __name__ == "__main__":
    main()
