"""The command that opens the dashboard: from its options to the screen, where there is a terminal for it."""

from __future__ import annotations

import os
import sys
from typing import Any

from lstm_engine.errors import UserError
from lstm_engine.run.config import RunConfig
from tui.cli import arguments
from tui.options import DEFAULT_EPOCHS, DashboardOptions, EngineOptions, Marker
from tui.text.ascii import has_only_ascii


def open_dashboard(values: dict[str, Any], source: str | None = None, *, tour: bool = False) -> int:
    """Show the dashboard until the user leaves; the exit status.

    Args:
        values: the command line's options, by name.
        source: the run to go on with; None for a new one, with the settings in `values`.
        tour: with the lesson beside it.

    Raises:
        UserError: an option is none, the run is not there, or there is no terminal that can show it.
    """
    if tour:
        config = RunConfig()
    else:
        config = arguments.run_config(values) if source is None else arguments.foreign_config(values)
    options = DashboardOptions(
        config=config,
        epochs=(None if tour else arguments.epochs(values)) or DEFAULT_EPOCHS,
        engine=arguments.engine_options(values),
        start=not tour and values["start"],
        fps=values["fps"],
        marker=_marker(values),
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
    options = DashboardOptions(
        config=RunConfig(),
        epochs=DEFAULT_EPOCHS,
        engine=EngineOptions(checkpoints),
        fps=values["fps"],
        marker=_marker(values),
        source=source,
        lists_runs=source is None,
        bell=not values["no_bell"],
    )
    return _show(options)


def _marker(values: dict[str, Any]) -> Marker:
    marker: Marker = values["marker"] or ("ascii" if has_only_ascii(os.environ) else "braille")
    return marker


def _show(options: DashboardOptions) -> int:
    """Raises UserError where there is no terminal for it."""
    if not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        raise UserError("the dashboard is for a terminal: expected one, or `lstm-tui train`, which needs none")
    kind = os.environ.get("TERM")
    if kind in ("dumb", "unknown"):
        raise UserError(
            f"the terminal cannot place text (TERM is {kind}): expected one that can, or `lstm-tui train`, which "
            "needs none"
        )
    from tui.app import start

    return start.run(options)
