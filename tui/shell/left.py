"""How a screen was left."""

from __future__ import annotations

from dataclasses import dataclass

from tui.runs.chosen_run import ChosenRun


@dataclass(frozen=True)
class Left:
    """status: the exit status, where nothing comes after it. opens: the run to open on the screen for its kind."""

    status: int = 0
    opens: ChosenRun | None = None
