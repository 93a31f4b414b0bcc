"""A sweep's process from its start to its end, and what is told of it meanwhile."""

from __future__ import annotations

import time
from pathlib import Path
from typing import IO, TextIO

import msgspec

from lstm_engine.sweep.results import read_results
from lstm_engine.sweep.sweep_folder import read_settings
from lstm_engine.text import escaped_json, printable
from tui.cli.exit_status import DONE, FAILED, INTERRUPTED
from tui.cli.processes.child_process import child_process
from tui.cli.standard_streams import say
from tui.cli.sweep.share_lines import share_lines
from tui.options import continue_command
from tui.sweep.sweep_command import Told, failure, sweep_command, was_saved
from tui.text.numbers import counted, percent_done


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
    ended = child_process(sweep_command(folder, workers), lambda lines: _follow(lines, stream, json=json))
    again = continue_command("sweep --resume", folder.name, str(folder), root)
    if ended.was_asked and was_saved(ended.status):
        say(printable(f"interrupted: sweep {folder.name} is saved; continue with: {again}"))
        return INTERRUPTED
    if ended.status != DONE:
        say(printable(f"sweep {folder.name} failed: {failure(ended.status, ended.said)}; continue with: {again}"))
        return FAILED
    _conclude(folder, time.monotonic() - started, stream, json=json)
    return DONE


def _follow(lines: IO[bytes], stream: TextIO, *, json: bool) -> None:
    """Hands on what the process says, or makes a line of it."""
    redraws, drawn = not json and stream.isatty(), False
    for line in lines:
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
