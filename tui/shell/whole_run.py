"""An app from its first frame to its end: signals, hang-ups, its own errors, and what is printed after it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import tempfile
from typing import TYPE_CHECKING

from lstm_engine.text import printable

if TYPE_CHECKING:
    from tui.shell.framed_app import FramedApp

#: The exit status after an error of our own.
FAILED = 1

#: Repaints a second, at most, of what has changed; how often a frame changes it is another matter.
_REPAINTS = 250

#: Seconds that a thread which loads modules keeps a key waiting for its turn: a fifth of Python's usual.
_TURN = 0.001


def prepare() -> None:
    """To be called before Textual is imported."""
    # Textual repaints no more often than this: at its usual 60 a key that meets a frame would wait 17 ms more.
    os.environ.setdefault("TEXTUAL_FPS", str(_REPAINTS))
    sys.setswitchinterval(_TURN)


async def run_whole(app: FramedApp) -> None:
    """Show the app until it is left, by a key, a signal or a hang-up; the terminal is then as it was found."""
    app.output.take_over()
    _end_on_signals(app)
    try:
        await app.run_async()
    except Exception as error:
        app.fail(error)
        app.restore_terminal()


def _end_on_signals(app: FramedApp) -> None:
    """Leave the normal screen behind; what is trained elsewhere notices by itself."""
    from tui.terminal.watchdog import Watchdog

    loop = asyncio.get_running_loop()

    def leave(number: int) -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed: it leaves already
            loop.call_soon_threadsafe(app.exit, None, 128 + number)

    watchdog = Watchdog(leave, app.restore_terminal)
    watchdog.start()
    app.on_hang_up = lambda: watchdog.bark(signal.SIGHUP)


def say_failure(failure: str) -> None:
    """One sentence; the rest goes where it can be found."""
    what = failure.strip().rpartition("\n")[2][:200]
    try:
        with tempfile.NamedTemporaryFile(prefix="lstm-tui-", suffix=".log", delete=False) as file:
            file.write(failure.encode(errors="backslashreplace"))
        where = f"its traceback is in {file.name}"
    except OSError as error:
        where = f"its traceback cannot be written: {error.strerror}"
    say(f"lstm-tui: the dashboard ended through an error of its own ({printable(what)}); {where}")


def say(*lines: str) -> None:
    """Print lines; after a hang-up there is no terminal to print them on, and nothing is left to be written later."""
    try:
        print(*lines, sep="\n", flush=True)  # noqa: T201
    except OSError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in (sys.stdout, sys.stderr):
            os.dup2(nowhere, stream.fileno())
