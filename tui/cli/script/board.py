"""The way to the board on a script's run; the terminal for it was asked for before."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tui.app.screens import Look
from tui.app.screens import show_board as show
from tui.cli.arguments import marker_of
from tui.options import EngineOptions


def show_board(run: Path, values: dict[str, Any]) -> int:
    """Show the board on a script's run until the user leaves; the exit status.

    values: the command line's options fps, marker, no_bell and checkpoints.
    """
    engine = EngineOptions(Path(values["checkpoints"]))
    return show(run, Look(engine, values["fps"], marker_of(values), not values["no_bell"]))
