"""A sweep's process from its start to its end, and what is told of it meanwhile."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TextIO

import msgspec

from lstm_engine.errors import UserError
from lstm_engine.sweep.results import read_results
from lstm_engine.sweep.sweep_folder import read_settings
from lstm_engine.text import escaped_json, printable
from tui.cli.exit_status import DONE, FAILED, INTERRUPTED
from tui.cli.standard_streams import say
from tui.cli.sweep.share_lines import share_lines
from tui.options import continue_command
from tui.sweep.sweep_command import Told, failure, sweep_command, was_saved
from tui.text.numbers import counted, percent_done

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def run_sweep_process(folder: Path, root: Path, workers: int | None, stream: TextIO, *, json: bool) -> int:
    """Train it to its end; the exit status.

    Args:
        root: the folder of all runs. workers: processes; None for one a core.

    Raises:
        UserError: it cannot be started, or is damaged.
        OSError: the output cannot be written.
    """
    settings, started = read_settings(folder), time.monotonic()
    if not json:
        what = f"{counted(settings.count, 'member')} to epoch {settings.epochs}"
        stream.write(printable(f"sweep {folder.name}: {what}, {settings.data.source}") + "\n")
        stream.flush()
    running: list[subprocess.Popen[bytes]] = []
    with _handing_on(running) as was_asked, _started(folder, workers) as process:
        running.append(process)
        if was_asked():  # while it was started
            process.terminate()
        try:
            _follow(process, stream, json=json)
        except BaseException:
            process.terminate()
            raise
        said = process.stderr.read().decode(errors="replace") if process.stderr else ""
    again = continue_command("sweep --resume", folder.name, str(folder), root)
    if was_asked() and was_saved(process.returncode):
        say(printable(f"interrupted: sweep {folder.name} is saved; continue with: {again}"))
        return INTERRUPTED
    if process.returncode != DONE:
        say(printable(f"sweep {folder.name} failed: {failure(process.returncode, said)}; continue with: {again}"))
        return FAILED
    _conclude(folder, time.monotonic() - started, stream, json=json)
    return DONE


def _started(folder: Path, workers: int | None) -> subprocess.Popen[bytes]:
    """Raises UserError."""
    nowhere, pipe = subprocess.DEVNULL, subprocess.PIPE
    try:
        return subprocess.Popen(  # noqa: S603 - our own program
            sweep_command(folder, workers), stdin=nowhere, stdout=pipe, stderr=pipe, start_new_session=True
        )
    except OSError as error:
        raise UserError(f"the sweep's process cannot be started ({error.strerror})") from error


def _follow(process: subprocess.Popen[bytes], stream: TextIO, *, json: bool) -> None:
    """Hands on what the process says, or makes a line of it."""
    assert process.stdout is not None  # noqa: S101 - it was asked for
    redraws, drawn = not json and stream.isatty(), False
    for line in process.stdout:
        if json:
            stream.write(line.decode())
        else:
            told = msgspec.json.decode(line, type=Told)
            text = f"epoch {told.epoch} of {told.epochs}, {percent_done(told.epoch, told.epochs).strip()}"
            text += f", {told.rate:,.0f} epochs of a member a second"
            stream.write(f"\r\x1b[K{text}" if redraws else f"{text}\n")
            drawn = redraws
        stream.flush()
    if drawn:
        stream.write("\n")


def _conclude(folder: Path, seconds: float, stream: TextIO, *, json: bool) -> None:
    results = read_results(folder)
    if json:
        told = {
            "type": "sweep_finished",
            "sweep": folder.name,
            "epochs": results.epoch,
            "seconds": seconds,
            "members": results.members,
        }
        stream.write(escaped_json(msgspec.json.encode(told).decode()) + "\n")
    else:
        stream.writelines(f"{printable(line)}\n" for line in share_lines(results))
    stream.flush()


@contextlib.contextmanager
def _handing_on(running: Sequence[subprocess.Popen[bytes]]) -> Iterator[Callable[[], bool]]:
    """Within it, signals are the running process's, if there is one by then; yields whether there was a signal."""
    asked = False

    def hand_on(_: int, __: object) -> None:
        nonlocal asked
        asked = True
        # Python would end by an error of its own at SIGINT, as long as it imports.
        for process in running:
            with contextlib.suppress(ProcessLookupError):
                process.terminate()

    caught = [number for number in _SIGNALS if signal.getsignal(number) != signal.SIG_IGN]
    before = [signal.signal(number, hand_on) for number in caught]
    try:
        yield lambda: asked
    finally:
        for number, handler in zip(caught, before, strict=True):
            signal.signal(number, handler)
