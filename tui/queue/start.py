"""A queue on screen from start to end; what becomes of it is told on the normal screen after it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from lstm_engine.queue.queue_folder import read_queue
from lstm_engine.text import printable
from tui.options import Marker
from tui.queue.queue_standing import QueueStanding
from tui.shell.whole_run import FAILED, prepare, run_whole, say, say_failure


def show_queue(folder: Path, command: Sequence[str], marker: Marker, again: str, export: str) -> int:
    """Show a queue until the user leaves, and have `command` train it meanwhile; the exit status.

    again, export: the commands that go on with it, and write its members. Raises UserError where it cannot be read.
    """
    queue = read_queue(folder)
    standing = QueueStanding(folder.name, str(queue.prices), tuple(queue.members))
    return asyncio.run(_show(command, standing, marker, again, export))


async def _show(command: Sequence[str], standing: QueueStanding, marker: Marker, again: str, export: str) -> int:
    prepare()
    from tui.queue.queue_app import QueueApp
    from tui.queue.queue_source import QueueSource

    source = QueueSource(command, standing)
    app = QueueApp(source, marker=marker)
    await run_whole(app)
    await source.end()
    if app.failure:
        say_failure(app.failure)
    say(farewell(source.standing, again, export))
    return FAILED if app.failure else app.return_code or 0


def farewell(standing: QueueStanding, again: str, export: str) -> str:
    """What has become of the queue, and how to go on."""
    done = f"{standing.count('done')} of {len(standing.members)} members are done"
    if standing.state == "finished":
        return printable(f"sweep {standing.name} is finished: `{export}` writes a row a member")
    if standing.state == "failed":
        return printable(f"sweep {standing.name} failed: {standing.problem}; {done}; continue with: {again}")
    return printable(f"sweep {standing.name} is saved, {done}; continue with: {again}")
