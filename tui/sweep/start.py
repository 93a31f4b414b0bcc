"""A sweep on screen from start to end; what becomes of it is told on the normal screen after it."""

from __future__ import annotations

import asyncio
from pathlib import Path

from lstm_engine.text import printable
from tui.options import Marker
from tui.shell.whole_run import FAILED, prepare, run_whole, say, say_failure
from tui.sweep.standing import Standing


def show_sweep(folder: Path, workers: int | None, marker: Marker, again: str, export: str) -> int:
    """Train and show it until the user leaves; the exit status.

    again, export: the commands that go on with it, and write its members. Raises UserError where its settings cannot
    be read.
    """
    return asyncio.run(_show(folder, workers, marker, again, export))


async def _show(folder: Path, workers: int | None, marker: Marker, again: str, export: str) -> int:
    prepare()
    from tui.sweep.sweep_app import SweepApp
    from tui.sweep.sweep_source import SweepSource

    source = SweepSource(folder, workers)
    app = SweepApp(source, marker=marker)
    await run_whole(app)
    await source.end()
    if app.failure:
        say_failure(app.failure)
    say(farewell(source.standing, again, export))
    return FAILED if app.failure else app.return_code or 0


def farewell(standing: Standing, again: str, export: str) -> str:
    """What has become of the sweep, and how to go on."""
    if standing.state == "finished":
        return f"sweep {standing.name} is finished: `{export}` writes a row a member"
    if standing.state == "failed":
        return printable(f"sweep {standing.name} failed: {standing.problem}; continue with: {again}")
    return f"sweep {standing.name} is saved; continue with: {again}"
