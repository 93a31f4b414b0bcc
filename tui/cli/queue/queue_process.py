"""A queue's process from its start to its end, and what is told of it meanwhile."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path
from typing import IO, TextIO

import msgspec

from lstm_engine.queue.queue_folder import QueueFolder, read_queue
from lstm_engine.text import escaped_json, printable
from tui.cli.exit_status import DONE, FAILED, INTERRUPTED
from tui.cli.processes.child_process import child_process
from tui.cli.queue.member_results import member_results, result_lines
from tui.cli.standard_streams import say
from tui.options import continue_command
from tui.queue.queue_standing import MEMBER_STATES
from tui.queue.told_member import ToldMember
from tui.sweep.sweep_command import failure, was_saved
from tui.text.numbers import counted


def run_queue_process(folder: Path, root: Path, command: list[str], stream: TextIO, *, json: bool) -> int:
    """Train it to its end; the exit status.

    Raises:
        UserError: it cannot be started, or is damaged.
        OSError: the output cannot be written.
    """
    queue, begun = read_queue(folder), time.monotonic()
    if not json:
        what = f"{counted(queue.settings.count, 'member')} to epoch {queue.settings.base.epochs}"
        stream.write(printable(f"sweep {folder.name}: {what}, {queue.prices}") + "\n")
        stream.flush()
    ended = child_process(command, lambda lines: _follow(lines, stream, json=json))
    again = continue_command("sweep --resume", folder.name, str(folder), root)
    if ended.was_asked and was_saved(ended.status):
        say(printable(f"interrupted: sweep {folder.name} is saved; continue with: {again}"))
        return INTERRUPTED
    if ended.status != DONE:
        why = f"{failure(ended.status, ended.said)}; {_done(queue)}"
        say(printable(f"sweep {folder.name} failed: {why}; continue with: {again}"))
        return FAILED
    _conclude(queue, time.monotonic() - begun, stream, json=json)
    return DONE


def _done(queue: QueueFolder) -> str:
    done = sum(queue.is_done(member) for member in queue.members)
    return f"{done} of {queue.settings.count} members are done"


def _follow(lines: IO[bytes], stream: TextIO, *, json: bool) -> None:
    """Hands on what the process says, or makes lines of it."""
    members: dict[str, ToldMember] = {}
    redraws, drawn = not json and stream.isatty(), False
    for line in lines:
        if json:
            stream.write(line.decode())
            stream.flush()
            continue
        told = msgspec.json.decode(line, type=ToldMember)
        before, members[told.run] = members.get(told.run), told
        if redraws:
            stream.write(f"\r\x1b[K{_standing(members)}")
        elif before is not None and before.state != told.state:
            stream.write(printable(_line(told)) + "\n")
        stream.flush()
        drawn = redraws
    if drawn:
        stream.write("\n")


def _standing(members: dict[str, ToldMember]) -> str:
    """How many of them are how far."""
    states = Counter(member.state for member in members.values())
    return ", ".join(f"{states[name]} {name}" for name in MEMBER_STATES if states[name])


def _line(told: ToldMember) -> str:
    where = f" at {told.where}" if told.where else ""
    cause = f": {told.cause}" if told.cause else ""
    return f"{told.run}: {told.state}{where}{cause}"


def _conclude(queue: QueueFolder, seconds: float, stream: TextIO, *, json: bool) -> None:
    results = member_results(queue)
    if json:
        told = {"type": "sweep_finished", "sweep": queue.path.name, "seconds": seconds, "members": results}
        stream.write(escaped_json(msgspec.json.encode(told).decode()) + "\n")
    else:
        stream.writelines(f"{printable(line)}\n" for line in result_lines(results))
    stream.flush()
