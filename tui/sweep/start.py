"""A sweep on screen, as often as one comes back to it; what becomes of it is told on the normal screen after it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

from lstm_engine.text import printable
from tui.options import EngineOptions, Marker, continue_command
from tui.shell.whole_run import FAILED, prepare, run_whole, say, say_failure
from tui.sweep.members.recomputation import Brought
from tui.sweep.place import Place
from tui.sweep.standing import Standing


@dataclass(frozen=True)
class SweepLeft:
    """How the screen was left. status: the exit status, where nothing comes after it.

    brought: the member whose run is to be opened; None for none. standing, place: where one comes back to.
    """

    status: int
    standing: Standing
    place: Place
    brought: Brought | None = None


def run_sweep_screen(
    folder: Path, engine: EngineOptions, workers: int | None, marker: Marker, before: SweepLeft | None = None
) -> SweepLeft:
    """Show a sweep until the user leaves, and train it meanwhile.

    engine: what computes a member again, in the folder of all runs. before: how it was left last; None trains it at
    once. Raises UserError where its settings cannot be read.
    """
    return asyncio.run(_run(folder, engine, workers, marker, before))


async def _run(
    folder: Path, engine: EngineOptions, workers: int | None, marker: Marker, before: SweepLeft | None
) -> SweepLeft:
    prepare()
    from tui.sweep.sweep_app import SweepApp
    from tui.sweep.sweep_source import SweepSource

    source = SweepSource(folder, workers, before.standing if before else None)
    app = SweepApp(source, engine, place=before.place if before else None, marker=marker)
    await run_whole(app)
    await source.end()
    if app.failure:
        say_failure(app.failure)
    status = FAILED if app.failure else app.return_code or 0
    return SweepLeft(status, source.standing, app.sweep.place, None if status else app.brought)


def say_farewell(standing: Standing, folder: Path, checkpoints: Path) -> None:
    """Tell what has become of the sweep. checkpoints: the folder of all runs."""
    again, export = (
        continue_command(what, folder.name, str(folder), checkpoints) for what in ("sweep --resume", "export")
    )
    say(farewell(standing, again, export))


def farewell(standing: Standing, again: str, export: str) -> str:
    """What has become of the sweep, and how to go on.

    again, export: the commands that go on with it, and write its members.
    """
    if standing.state == "finished":
        return f"sweep {standing.name} is finished: `{export}` writes a row a member"
    if standing.state == "failed":
        return printable(f"sweep {standing.name} failed: {standing.problem}; continue with: {again}")
    return f"sweep {standing.name} is saved; continue with: {again}"
