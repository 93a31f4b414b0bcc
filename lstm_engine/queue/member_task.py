"""What a worker carries out: one member, trained by processes of its own, told of, stopped, brought home."""

from __future__ import annotations

import importlib.metadata
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import msgspec

from lstm_engine.forecast.inputs import PRICES, SETTINGS
from lstm_engine.queue.home import Home
from lstm_engine.queue.queue_folder import TOKEN
from lstm_engine.queue.run_archive import packed, unpacked
from lstm_engine.script.script_run import INPUTS
from lstm_engine.weight_history.history import WEIGHT_HISTORY

#: What a task and its outcome hold: changes with them.
PROTOCOL = 1
#: Seconds between two copies of a run that lies on a disk which the others do not see.
_ASIDE_EVERY = 30.0
_DONE, _STOPPED = 0, 130

#: -P keeps the working directory off the import path.
_PROGRAM = (sys.executable, "-P", "-m", "lstm_engine.queue.member_program")


class MemberTask(msgspec.Struct, frozen=True, kw_only=True):
    """A member, as a worker gets it.

    version: of whoever sends it. queue: its folder. token: what the file of that name there holds: a worker that finds
        the same sees the same disk.
    run: the member's. settings: as JSON. note: on the run. archive: the run so far, for another disk; may be empty.
    """

    version: str
    queue: str
    token: str
    run: str
    settings: bytes
    note: str
    archive: bytes = b""


class MemberOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """state: how it ended. cause: why it failed. archive: the run, from another disk; empty where it lies at home."""

    state: Literal["done", "stopped", "failed"]
    cause: str = ""
    archive: bytes = b""


def version() -> str:
    """What has to be the same on both sides."""
    return f"{importlib.metadata.version('lstm-tui')} ({PROTOCOL})"


def train_member(asked: MemberTask, home: Home) -> MemberOutcome:
    """Trains the member, to its end or until `home` wants that stopped.

    Raises:
        OSError: there is no room for it, or nobody at home any more.
    """
    if asked.version != version():
        cause = f"this worker has lstm-tui {version()}, and the sweep was begun by {asked.version}"
        return MemberOutcome(state="failed", cause=cause)
    if home.is_stopping:
        return MemberOutcome(state="stopped")
    with _inputs(asked, home) as (root, inputs, is_home):
        state, cause = _train(asked, root, inputs, home, is_home=is_home)
        run = root / asked.run
        archive = b"" if is_home or not run.is_dir() else packed(run)
    return MemberOutcome(state=state, cause=cause, archive=archive)


@contextmanager
def _inputs(task: MemberTask, home: Home) -> Iterator[tuple[Path, Path, bool]]:
    """The folder for the run, that of its inputs, and whether the first is where the run is wanted."""
    queue = Path(task.queue)
    is_home = _reads(queue / TOKEN) == task.token.encode()
    scratch = Path(tempfile.mkdtemp(prefix="lstm-tui-"))
    try:
        inputs = scratch / INPUTS
        inputs.mkdir(mode=0o700)
        (inputs / SETTINGS).write_bytes(task.settings)
        prices = _reads(queue / INPUTS / PRICES) if is_home else home.prices
        (inputs / PRICES).write_bytes(prices)
        if not is_home and (archive := home.put_aside or task.archive):
            unpacked(archive, scratch / task.run)
        yield (queue.parent if is_home else scratch), inputs, is_home
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _train(
    task: MemberTask, root: Path, inputs: Path, home: Home, *, is_home: bool
) -> tuple[Literal["done", "stopped", "failed"], str]:
    """How it ended, and why it failed."""
    command = [*_PROGRAM, str(root), task.run, str(inputs), "--note", task.note]
    # In a session of its own: what ends the worker's is no reason to leave the run unsaved.
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(  # noqa: S603 - our own program
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
            start_new_session=True,
        ) as process,
    ):
        assert process.stdin is not None and process.stdout is not None  # noqa: S101, PT018 - they were asked for
        save = _saving(root / task.run, home) if not is_home else (lambda: None)
        try:
            for line in process.stdout:
                home.tell(msgspec.json.decode(line))
                save()
                if home.is_stopping and not process.stdin.closed:
                    process.stdin.close()  # has it save and end
        finally:
            if not process.stdin.closed:
                process.stdin.close()
            status = process.wait()
        said.seek(0)
        words = said.read().decode(errors="replace").strip().splitlines()
    if status in (_DONE, _STOPPED):
        return ("done" if status == _DONE else "stopped"), ""
    return "failed", words[-1] if words else f"its process ended with status {status}"


def _saving(run: Path, home: Home) -> Callable[[], None]:
    """Puts the run aside now and then, for another worker to go on with."""
    due = time.monotonic() + _ASIDE_EVERY

    def save() -> None:
        nonlocal due
        if time.monotonic() >= due:
            home.put(packed(run, (WEIGHT_HISTORY,)))  # training goes on without it, and it may be large
            due = time.monotonic() + _ASIDE_EVERY

    return save


def _reads(path: Path) -> bytes:
    """A file's bytes; none where it is not there."""
    try:
        return path.read_bytes()
    except OSError:
        return b""
