"""The dashboard from start to end: the engine first, then the screen, and a word on the normal screen after it."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from lstm_engine.errors import UserError
from lstm_engine.text import printable
from tui.client.engine_link import EngineLink, RunningEngine
from tui.client.engine_process import EngineProcess
from tui.options import DashboardOptions, continue_command
from tui.shell.left import Left
from tui.shell.whole_run import FAILED, prepare, run_whole, say, say_failure
from tui.text.sentences import lost, trains_on, unsaved

if TYPE_CHECKING:
    from lstm_engine.run.history import Columns, History
    from tui.app.dashboard import Dashboard
    from tui.state.session import Session


#: Seconds that an engine gets to save after a hang-up, or where the user would not wait for it on the screen.
_PATIENCE = 1.0


def run(options: DashboardOptions) -> Left:
    """Show the dashboard until the user leaves it."""
    return asyncio.run(_run(options))


async def _run(options: DashboardOptions) -> Left:
    link = link_for(options)
    await link.start()
    prepare()
    # Next to nothing of what is loaded becomes garbage, and to look for it takes a tenth of the time.
    gc.disable()
    # PyTorch loads in the engine process while Textual loads here.
    from tui.app.dashboard import Dashboard

    app = Dashboard(options, link, on_furnished=_collect_from_here_on)
    await run_whole(app)  # where it is left by a signal, the engine saves by itself: its input ends with this process
    gone = await link.end(_PATIENCE)
    is_true = _say_farewell(app, options, gone=gone)
    gc.freeze()  # on its way out the interpreter looks through every object once more, which takes 0.1 s
    status = FAILED if app.failure or not is_true else app.return_code or 0
    return Left(status, None if status else app.opens)


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


def _say_farewell(app: Dashboard, options: DashboardOptions, *, gone: bool) -> bool:
    """Tell what became of the run, as it is on disk now; False where it is not there.

    gone: the engine is, so that nothing more will be saved.
    """
    if app.failure:
        say_failure(app.failure)
    session = app.session
    problem = _problem_on_disk(session, gone=gone) if session else ""
    if problem:
        say(lost(printable(problem)))
    if session is None or session.run is None or session.state == "elsewhere" or problem:
        return not problem
    if not gone and _trains_on(session):
        command = continue_command("attach", session.run, session.directory, options.engine.checkpoints)
        say(printable(trains_on(session.run, session.target, command)))
        return True
    state = "is saved in" if gone else "is still being saved in"
    epochs = (
        f", {session.epoch} epochs{unsaved(session.history.last_epoch - session.epoch)}," if session.stopped else ""
    )
    command = continue_command("resume", session.run, session.directory, options.engine.checkpoints)
    say(printable(f"run {session.run}{epochs} {state} {session.directory}"), f"continue with: {command}")
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
