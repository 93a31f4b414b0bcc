"""The dashboard from start to end: the engine first, then the screen, and a word on the normal screen after it."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import signal
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from lstm_engine.errors import UserError
from lstm_engine.text import printable
from tui.client.engine_link import EngineLink, RunningEngine
from tui.client.engine_process import EngineProcess
from tui.options import DashboardOptions, continue_command
from tui.text.sentences import lost, trains_on, unsaved

if TYPE_CHECKING:
    from lstm_engine.run.history import Columns, History
    from tui.app.dashboard import Dashboard
    from tui.state.session import Session


#: The exit status after an error of our own.
FAILED = 1

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
    # Next to nothing of what is loaded becomes garbage, and to look for it takes a tenth of the time.
    gc.disable()
    # PyTorch loads in the engine process while Textual loads here.
    from tui.app.dashboard import Dashboard

    app = Dashboard(options, link, on_furnished=_collect_from_here_on)
    app.output.take_over()
    _end_on_signals(app)
    try:
        await app.run_async()
    except Exception as error:
        app.fail(error)
        app.restore_terminal()
    gone = await link.end(_PATIENCE)
    is_true = _say_farewell(app, options, gone=gone)
    gc.freeze()  # on its way out the interpreter looks through every object once more, which takes 0.1 s
    return FAILED if app.failure or not is_true else app.return_code or 0


def _collect_from_here_on() -> None:
    """What is there by then stays. To look through it for garbage again and again would take 40 ms each time."""
    gc.freeze()
    gc.enable()


def link_for(options: DashboardOptions) -> EngineLink:
    """A link to a real engine that opens what the options ask for."""

    async def start(on_log: Callable[[str], None]) -> RunningEngine:
        return await EngineProcess.start(options.engine, on_log)

    return EngineLink.for_options(options, start, _read_history, partial(_find, options.engine.checkpoints))


async def _find(checkpoints: Path, source: str) -> RunningEngine | None:
    """The engine that holds the run of that name or directory; None where none of this host does."""
    from lstm_engine.store.directory import find_run
    from tui.client.attached_engine import AttachedEngine
    from tui.client.reach import reach

    try:
        directory = find_run(checkpoints, source)
    except (UserError, OSError):
        return None  # the engine says what is wrong
    found = await reach(directory)
    return found if isinstance(found, AttachedEngine) else None


def _read_history(directory: Path, columns: Columns) -> History:
    from lstm_engine.store.directory import read_history  # SQLite and numpy are not needed before a run is opened

    return read_history(directory, columns)


def _end_on_signals(app: Dashboard) -> None:
    """Leave the normal screen behind, and let the engine save by itself: its input ends with this process."""
    from tui.terminal.watchdog import Watchdog

    loop = asyncio.get_running_loop()

    def leave(number: int) -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed: it leaves already
            loop.call_soon_threadsafe(app.exit, None, 128 + number)

    watchdog = Watchdog(leave, app.restore_terminal)
    watchdog.start()
    app.on_hang_up = lambda: watchdog.bark(signal.SIGHUP)


def _say_farewell(app: Dashboard, options: DashboardOptions, *, gone: bool) -> bool:
    """Tell what became of the run, as it is on disk now; False where it is not there.

    gone: the engine is, so that nothing more will be saved.
    """
    if app.failure:
        _say_failure(app.failure)
    session = app.session
    problem = _problem_on_disk(session, gone=gone) if session else ""
    if problem:
        _say(lost(printable(problem)))
    if session is None or session.run is None or session.state == "elsewhere" or problem:
        return not problem
    if not gone and _trains_on(session):
        command = continue_command("attach", session.run, session.directory, options.engine.checkpoints)
        _say(printable(trains_on(session.run, session.target, command)))
        return True
    state = "is saved in" if gone else "is still being saved in"
    epochs = (
        f", {session.epoch} epochs{unsaved(session.history.last_epoch - session.epoch)}," if session.stopped else ""
    )
    command = continue_command("resume", session.run, session.directory, options.engine.checkpoints)
    _say(printable(f"run {session.run}{epochs} {state} {session.directory}"), f"continue with: {command}")
    return True


def _trains_on(session: Session) -> bool:
    """Whether the run is trained on without this dashboard."""
    if session.state != "training" or session.stopped or session.asked_to_end or session.directory is None:
        return False
    from lstm_engine.store.holding.lock import in_use
    from lstm_engine.store.on_hangup import recalled_on_hangup

    directory = Path(session.directory)
    is_wanted = (
        session.detaching or session.detached or session.watchers > 1 or recalled_on_hangup(directory) == "continue"
    )
    return is_wanted and in_use(directory)


def _problem_on_disk(session: Session, *, gone: bool) -> str:
    """What is wrong with the run's folder now; empty where nothing is, or there is no run."""
    if session.lost or session.directory is None:
        return session.lost
    from lstm_engine.store.directory import RECORD

    files = [RECORD]
    if gone and session.saved is not None:  # one that still trains removes old checkpoints
        files.append(session.saved.checkpoint)
    missing = next((name for name in files if not (Path(session.directory) / name).is_file()), None)
    return f"the run's folder is gone: there is no {missing} in {session.directory}" if missing else ""


def _say_failure(failure: str) -> None:
    """One sentence; the rest goes where it can be found."""
    what = failure.strip().rpartition("\n")[2][:200]
    try:
        with tempfile.NamedTemporaryFile(prefix="lstm-tui-", suffix=".log", delete=False) as file:
            file.write(failure.encode(errors="backslashreplace"))
        where = f"its traceback is in {file.name}"
    except OSError as error:
        where = f"its traceback cannot be written: {error.strerror}"
    _say(f"lstm-tui: the dashboard ended through an error of its own ({printable(what)}); {where}")


def _say(*lines: str) -> None:
    """Print lines; after a hang-up there is no terminal to print them on, and nothing is left to be written later."""
    try:
        print(*lines, sep="\n", flush=True)  # noqa: T201
    except OSError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in (sys.stdout, sys.stderr):
            os.dup2(nowhere, stream.fileno())
