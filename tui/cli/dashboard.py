"""The commands that open a screen: from their options to it, where there is a terminal for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lstm_engine.data.companies import WALK_THROUGH, Companies
from lstm_engine.errors import UserError
from lstm_engine.run.config import RunConfig
from lstm_engine.text import printable
from tui.cli import arguments
from tui.options import DEFAULT_EPOCHS, DashboardOptions, EngineOptions


def open_dashboard(
    values: dict[str, Any], source: str | None = None, data: Companies = WALK_THROUGH, *, tour: bool = False
) -> int:
    """Show the dashboard until the user leaves; the exit status.

    Args:
        values: the command line's options, by name.
        source: the run to go on with; None for a new one, with the settings in `values`. data: of a new one.
        tour: with the lesson beside it.

    Raises:
        UserError: an option is none, the run is not there, or there is no terminal that can show it.
    """
    if tour:
        config = RunConfig()
    else:
        config = arguments.run_config(values, data) if source is None else arguments.foreign_config(values)
    options = DashboardOptions(
        config=config,
        epochs=(None if tour else arguments.epochs(values)) or DEFAULT_EPOCHS,
        engine=arguments.engine_options(values),
        start=not tour and values["start"],
        fps=values["fps"],
        marker=arguments.marker_of(values),
        source=source,
        tour=tour,
        bell=not values["no_bell"],
    )
    if source is not None:
        arguments.check_source(options.engine.checkpoints, source)
    return _show(options)


def attach_dashboard(values: dict[str, Any], source: str | None) -> int:
    """Show the dashboard on a run that some process trains until the user leaves; the exit status. Raises UserError.

    Args:
        source: the run; None for the one that trains, or the list of runs where several do.
    """
    from tui.cli.attending import attended

    checkpoints = arguments.folder(values["checkpoints"])
    source = attended(checkpoints, source)
    if source is not None and (script := arguments.script_run(checkpoints, source)) is not None:
        from tui.cli.script.board import show_board

        arguments.check_terminal("`lstm-tui runs`")
        return show_board(script, values)
    options = DashboardOptions(
        config=RunConfig(),
        epochs=DEFAULT_EPOCHS,
        engine=EngineOptions(checkpoints),
        fps=values["fps"],
        marker=arguments.marker_of(values),
        source=source,
        lists_runs=source is None,
        bell=not values["no_bell"],
    )
    return _show(options)


def watch_logs(values: dict[str, Any], folder: str) -> int:
    """Show the board on the logs in a folder, which may come only later, until the user leaves; the exit status.

    Raises:
        UserError: it is no folder that can be read, or there is no terminal that can show a board.
    """
    if not folder.strip():  # an unset variable
        raise UserError("the folder's name is empty: expected one with logs of trainings")
    _check_folder(Path(folder))
    arguments.check_terminal("`lstm-tui export`")
    from tui.board.app.start import BoardOptions, run_board
    from tui.client.log_source import LogSource

    options = BoardOptions(fps=values["fps"], marker=arguments.marker_of(values))
    return run_board(LogSource(Path(folder)), options).status


def _show(options: DashboardOptions) -> int:
    """Raises UserError where there is no terminal for it."""
    arguments.check_terminal()
    from tui.app.screens import show_bench

    return show_bench(options)


def _check_folder(folder: Path) -> None:
    """Raises UserError where it is no folder that can be read."""
    place = printable(str(folder))
    try:
        next(folder.iterdir(), None)
    except FileNotFoundError as error:
        raise UserError(f"{place} does not exist: expected a folder with logs of trainings") from error
    except NotADirectoryError as error:
        raise UserError(
            f"{place} is a file: expected the folder that it lies in, or one above, with logs of trainings"
        ) from error
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise UserError(f"{place} cannot be read ({why}): expected a folder with logs of trainings") from error
