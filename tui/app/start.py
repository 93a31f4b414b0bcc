"""The dashboard from start to end: the engine first, then the screen, and a word on the normal screen after it."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from lstm_engine.text import printable
from tui.client.engine_link import Engine, EngineLink
from tui.client.engine_process import EngineProcess
from tui.options import DashboardOptions, continue_command
from tui.text.sentences import unsaved

if TYPE_CHECKING:
    from lstm_engine.run.history import Columns, History
    from tui.app.dashboard import Dashboard


#: Seconds that an engine gets to save after a hang-up, or where the user would not wait for it on the screen.
_PATIENCE = 1.0

#: Repaints a second, at most, of what has changed; how often a frame changes it is another matter.
_REPAINTS = 250

#: Seconds that a thread which loads modules keeps a key waiting for its turn: a fifth of Python's usual.
_TURN = 0.001


def run(options: DashboardOptions) -> int:
    """Show the dashboard until the user leaves; the exit status."""
    return asyncio.run(_run(options))


async def _run(options: DashboardOptions) -> int:
    link = link_for(options)
    await link.start()
    # Textual repaints no more often than this: at its usual 60 a key that meets a frame would wait 17 ms more.
    os.environ.setdefault("TEXTUAL_FPS", str(_REPAINTS))
    sys.setswitchinterval(_TURN)
    # PyTorch loads in the engine process while Textual loads here.
    from tui.app.dashboard import Dashboard
    from tui.terminal.painting import Painting

    painting = Painting()
    painting.install()
    # What is there by then stays. To look through it for garbage again and again would take 40 ms each time.
    app = Dashboard(options, link, painting=painting, on_furnished=gc.freeze)
    _exit_on_signals(app)
    await app.run_async()
    gone = await link.end(_PATIENCE)
    _say_farewell(app, options, gone=gone)
    gc.freeze()  # on its way out the interpreter looks through every object once more, which takes 0.1 s
    return app.return_code or 0


def link_for(options: DashboardOptions) -> EngineLink:
    """A link to a real engine that opens what the options ask for."""

    async def start(on_log: Callable[[str], None]) -> Engine:
        return await EngineProcess.start(options.engine, on_log)

    return EngineLink.for_options(options, start, _read_history)


def _read_history(directory: Path, columns: Columns) -> History:
    from lstm_engine.store.directory import read_history  # SQLite and numpy are not needed before a run is opened

    return read_history(directory, columns)


def _exit_on_signals(app: Dashboard) -> None:
    """Leave the normal screen behind, and let the engine save by itself: its input ends with this process."""

    def leave(number: int) -> None:
        app.exit(return_code=128 + number)

    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        loop.add_signal_handler(number, leave, number)


def _say_farewell(app: Dashboard, options: DashboardOptions, *, gone: bool) -> None:
    session = app.session
    if session is None or session.run is None:
        return
    state = "is saved in" if gone else "is still being saved in"
    epochs = (
        f", {session.epoch} epochs{unsaved(session.history.last_epoch - session.epoch)}," if session.stopped else ""
    )
    command = continue_command("resume", session.run, session.directory, options.engine.checkpoints)
    with contextlib.suppress(OSError):  # after a hang-up there is no terminal to say it on
        print(printable(f"run {session.run}{epochs} {state} {session.directory}"))  # noqa: T201
        print(f"continue with: {command}")  # noqa: T201
