"""`lstm-tui stop` on a script's run: its Trainer saves and ends the fit, and the script goes on to its own end."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TextIO

from lstm_engine.errors import UserError
from lstm_engine.script.event_log import EventLog
from lstm_engine.script.living import lives
from lstm_engine.script.progress import Progress, advanced
from lstm_engine.script.vocabulary.events import EVENTS
from lstm_engine.store.holding.lock import held_elsewhere, in_use
from lstm_engine.text import printable
from tui.cli.exit_status import DONE, FAILED
from tui.cli.script.stop_request import StopRequest
from tui.cli.standard_streams import say
from tui.options import continue_command

#: Seconds that a script gets: its step may be long, and it may have more to do behind its fit. And between two looks.
_PATIENCE, _LOOK = 60.0, 0.05
#: What the command is told apart by from those of dashboards.
_ID = "stop"


def stop_script(run: Path, checkpoints: Path, stream: TextIO, patience: float = _PATIENCE) -> int:
    """Have the script that trains in `run` save and end; the exit status.

    A script whose Trainer takes no command is sent SIGTERM. Of several fits each is stopped as it begins.

    Raises:
        UserError: no script of this host trains there.
        OSError: the output cannot be written.
    """
    name = printable(run.name)
    if (owner := held_elsewhere(run)) is not None:
        raise UserError(f"run {name} is held by {owner}: expected `lstm-tui stop` on that host")
    log, progress = EventLog(run / EVENTS), Progress()
    for event in log.new():
        progress = advanced(progress, event)
    if not (in_use(run) or lives(progress)):
        raise UserError(f"run {name} is not open anywhere: there is nothing to stop")
    request = StopRequest(run, _ID)
    request.ask()
    end = time.monotonic() + patience
    is_over = False
    while not is_over:
        if time.monotonic() > end:
            say(f"run {name} has not ended within {patience:g} s: it is asked to, and ends when it can")
            return FAILED
        time.sleep(_LOOK)
        is_over = not (in_use(run) or lives(progress))  # before the last look: what was told until then is in it
        for event in log.new():
            progress = advanced(progress, event)
            request.hear(event)
    _tell(run, progress, checkpoints, stream)
    return DONE


def _tell(run: Path, progress: Progress, checkpoints: Path, stream: TextIO) -> None:
    """Where it was stopped, and how to go on."""
    where = f"epoch {progress.epoch}, step {progress.step}" if progress.step else "nothing trained yet"
    stream.write(printable(f"run {run.name} is stopped: {where}") + "\n")
    saved = progress.checkpoint
    if saved is None or not Path(saved.path).exists():
        stream.write("there is no checkpoint to go on from\n")
        return
    command = continue_command("resume", run.name, str(run), checkpoints)
    stream.write(printable(f"saved at step {saved.step} in {saved.path}") + f"\ncontinue with: {command}\n")
