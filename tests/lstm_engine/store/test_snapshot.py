"""A history is read without a lock, and is never seen but as a transaction left it."""

from __future__ import annotations

import contextlib
import itertools
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lstm_engine.errors import UserError
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns
from lstm_engine.run.records import Stage
from lstm_engine.store import snapshot
from lstm_engine.store.contents import read_contents
from lstm_engine.store.database import HISTORY, Store
from lstm_engine.store.directory import create_run, query_history, read_history
from lstm_engine.store.holding.lock import RunLock
from lstm_engine.store.holding.owner import OWNER
from lstm_engine.store.holding.pulse import Pulse, PulseFile
from lstm_engine.store.snapshot import image_of, open_to_read
from lstm_engine.store.writer import RunWriter
from tests.support.histories import Generations
from tests.support.processes import seeded
from tests.support.run_folders import make_run

CONFIG = RunConfig()
COLUMNS = Columns.of(CONFIG)

#: Seconds of the tests at full speed: long enough for hundreds of transactions.
AT_FULL_SPEED = 3.0

#: Writes generations into the history that is its argument, as fast as it can, until it is killed.
WRITER = """
import random, sys
from pathlib import Path
from tests.support.histories import Generations
chance = random.Random(int(sys.argv[2]))
generations = Generations(Path(sys.argv[1]))
generations.commit(200)
print("writing", flush=True)
while True:
    generations.begin(chance.randrange(1, 2000))
    if chance.random() < 0.3:
        generations.take_back()
    else:
        generations.end()
"""

#: Reads the history that is its argument again and again.
READER = """
import sys
from pathlib import Path
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns
from lstm_engine.store.directory import read_history
while True:
    read_history(Path(sys.argv[1]), Columns.of(RunConfig()))
    print("read", flush=True)
"""


@pytest.fixture
def run(tmp_path: Path) -> Path:
    return create_run(tmp_path / "checkpoints", CONFIG)


@contextlib.contextmanager
def process(text: str, *arguments: object) -> Iterator[subprocess.Popen[bytes]]:
    """A Python process that has printed its first line."""
    command = [sys.executable, "-c", text, *map(str, arguments)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as started:
        try:
            assert started.stdout is not None
            assert started.stdout.readline()
            yield started
        finally:
            started.kill()


def generation(store: Store) -> int:
    """Which one the history is; fails where it is of more than one."""
    (stage,) = store.stages()
    rows = store.history().rows
    assert len(rows) == stage.target - stage.start
    assert (rows == stage.start).all()
    return stage.start


def test_a_writer_at_full_speed_is_never_seen_halfway(run: Path) -> None:
    seed = random.randrange(1 << 30)
    lock = RunLock(run)
    lock.hold()
    seen = set()
    with seeded(seed), process(WRITER, run, seed):
        end = time.monotonic() + AT_FULL_SPEED
        while time.monotonic() < end:
            seen.add(query_history(run, COLUMNS, generation))
    assert len(seen) > 5
    lock.release()


def test_a_reader_that_is_stopped_at_any_point_delays_no_commit(run: Path) -> None:
    """A commit does not wait here: it fails at once where anybody holds SQLite's lock."""
    generations = Generations(run, patience=0)
    generations.commit(5000)
    lock = RunLock(run)
    lock.hold()
    with seeded(random.randrange(1 << 30)) as chance, process(READER, run) as reader:
        for _ in range(100):
            os.kill(reader.pid, signal.SIGSTOP)
            os.waitid(os.P_PID, reader.pid, os.WSTOPPED)
            generations.commit(5000)
            os.kill(reader.pid, signal.SIGCONT)
            time.sleep(chance.uniform(0, 0.02))  # which is no wait, but where in its work it is stopped next
        assert reader.stdout is not None
        assert reader.stdout.readline() == b"read\n"
    lock.release()


class Interrupting:
    """The calls of the system that a reader makes; something else happens before some of them."""

    def __init__(self, at: dict[int, Callable[[], object]]) -> None:
        self.calls = 0
        self._at = at

    def __getattr__(self, name: str) -> Any:
        found = getattr(os, name)
        if not callable(found) or name == "close":
            return found

        def call(*arguments: Any, **more: Any) -> Any:
            self._at.get(self.calls, lambda: None)()
            self.calls += 1
            return found(*arguments, **more)

        return call


@pytest.mark.parametrize("end", ["commit", "take back"])
def test_a_transaction_from_any_call_to_any_other_is_seen_whole_or_not_at_all(
    run: Path, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    generations = Generations(run)
    number = generations.commit(200)
    counted = Interrupting({})
    monkeypatch.setattr(snapshot, "os", counted)
    monkeypatch.setattr(snapshot, "_PAUSE", 0.0)
    query_history(run, COLUMNS, generation)
    lock = RunLock(run)
    lock.hold()
    assert counted.calls > 5
    finish = generations.end if end == "commit" else generations.take_back
    for begin, last in itertools.combinations(range(counted.calls + 1), 2):
        meanwhile: dict[int, Callable[[], object]] = {begin: lambda: generations.begin(300), last: finish}
        before, number = number, number + 1 if end == "commit" else number
        monkeypatch.setattr(snapshot, "os", Interrupting(meanwhile))
        assert query_history(run, COLUMNS, generation) in (before, number), (begin, last)
        if generations.is_writing:  # the reader was done before
            finish()
    lock.release()


def test_what_a_held_run_is_being_given_is_waited_for(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    generations = Generations(run)
    before = generations.commit(200)
    lock = RunLock(run)
    lock.hold()
    generations.begin(300)
    waited: list[float] = []

    def wait(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == 3:
            generations.end()

    monkeypatch.setattr(snapshot.time, "sleep", wait)
    assert query_history(run, COLUMNS, generation) == before + 1
    assert len(waited) == 3
    lock.release()


def test_the_time_in_which_a_reader_is_stopped_is_none_that_it_has_waited(
    run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    generations = Generations(run)
    number = generations.commit(200)
    lock = RunLock(run)
    lock.hold()
    generations.begin(300)
    now = itertools.count(0.0, 3600.0)
    monkeypatch.setattr(snapshot.time, "monotonic", lambda: next(now))
    monkeypatch.setattr(snapshot.time, "sleep", lambda _: generations.is_writing and generations.end())
    assert query_history(run, COLUMNS, generation) == number + 1
    lock.release()


def test_a_transaction_that_takes_for_ever_is_said(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    generations = Generations(run)
    generations.commit(200)
    lock = RunLock(run)
    lock.hold()
    generations.begin(300)
    monkeypatch.setattr(snapshot, "_PATIENCE", 0.0)
    monkeypatch.setattr(snapshot, "_PAUSE", 0.0)
    with pytest.raises(UserError, match="is written to all the time: expected a moment to read it in"):
        read_history(run, COLUMNS)
    generations.end()
    read_history(run, COLUMNS)
    lock.release()


def test_the_history_of_a_run_whose_heart_beats_on_another_host_is_left_alone(
    run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    generations = Generations(run)
    generations.commit(200)
    generations.begin(300)
    (run / OWNER).write_text('{"pid": 7, "host": "node-17"}')
    pulse = PulseFile(run)
    pulse.write(Pulse(epoch=1, target=2, state="training"))
    monkeypatch.setattr(snapshot, "_PATIENCE", 0.0)
    monkeypatch.setattr(snapshot, "_PAUSE", 0.0)
    with pytest.raises(UserError, match="all the time"):
        read_history(run, COLUMNS)
    assert (run / f"{HISTORY}-journal").exists()
    generations.end()
    pulse.close()


def test_to_read_writes_nothing_and_takes_no_lock_of_sqlites(run: Path) -> None:
    writer = RunWriter(run, COLUMNS, 1)
    writer.begin_stage(Stage(0, 20))
    before = {path.name: path.stat().st_mtime_ns for path in [run, *run.iterdir()]}
    with contextlib.closing(open_to_read(run, COLUMNS)) as store:
        assert store.stages() == (Stage(0, 20),)
        writer.store._connection.execute("PRAGMA busy_timeout = 0")
        assert {path.name: path.stat().st_mtime_ns for path in [run, *run.iterdir()]} == before
        writer.begin_stage(Stage(0, 30))
        assert store.stages() == (Stage(0, 20),)
    writer.close()


def test_a_folder_that_may_not_be_written_can_be_read() -> None:
    with tempfile.TemporaryDirectory() as folder:  # pytest's own is for this user alone
        root = Path(folder)
        run = create_run(root, CONFIG)
        number = Generations(run).commit(200)
        for path in [*run.iterdir(), run, root]:
            path.chmod(path.stat().st_mode & 0o555 | 0o555)
        assert _as_somebody(lambda: query_history(run, COLUMNS, generation)) == number
        for path in (root, run):
            path.chmod(0o755)


def _as_somebody(read: Callable[[], int]) -> int:
    """What a user finds who may write to nobody else's folders."""
    if os.geteuid() != 0:
        return read()
    reading, writing = os.pipe()
    reader = os.fork()
    if reader == 0:
        os.setuid(65534)
        with contextlib.suppress(BaseException):
            os.write(writing, b"%d" % read())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        said = answer.read()
    os.waitpid(reader, 0)
    return int(said)


def test_a_history_too_large_for_memory_is_read_where_it_lies(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    number = Generations(run).commit(200)
    monkeypatch.setattr(snapshot, "_LARGEST", 1000)
    assert image_of(run / HISTORY, lambda: False) is None
    assert query_history(run, COLUMNS, generation) == number
    lock = RunLock(run)
    lock.hold()
    with pytest.raises(UserError, match="too large to be read while the run is held"):
        read_history(run, COLUMNS)
    lock.release()


@pytest.mark.parametrize("size", [0, 1, 99, 100, 4095, 5000])
def test_a_file_that_was_cut_is_refused_with_a_sentence(tmp_path: Path, size: int) -> None:
    run = make_run(tmp_path, "calm-lake", epoch=200)
    path = run / HISTORY
    path.write_bytes(path.read_bytes()[:size])
    with pytest.raises(UserError, match=r"expected the history of a run of lstm-tui"):
        read_contents(run, CONFIG)


def test_of_many_epochs_each_number_is_the_one_that_was_written(run: Path) -> None:
    rows = np.random.default_rng(7).random((30_000, COLUMNS.width), np.float32)
    writer = RunWriter(run, COLUMNS, 1)
    writer.begin_with(rows)
    assert read_history(run, COLUMNS).rows.tobytes() == rows.tobytes()
    writer.close()


def test_a_history_that_is_gone_is_missing(run: Path) -> None:
    (run / HISTORY).unlink()
    with pytest.raises(UserError, match="is missing"):
        read_history(run, COLUMNS)


def test_a_journal_of_nobody_is_taken_back_by_sqlite(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    generations = Generations(run)
    number = generations.commit(200)
    generations.begin(300)
    left = {path.name: path.read_bytes() for path in run.iterdir()}
    generations.take_back()
    for name, data in left.items():
        (run / name).write_bytes(data)
    monkeypatch.setattr(snapshot.time, "sleep", lambda _: pytest.fail("it waits for nobody"))
    assert query_history(run, COLUMNS, generation) == number
    assert not (run / f"{HISTORY}-journal").exists()


def test_the_first_read_is_believed_where_nobody_wrote_of_late(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Generations(run).commit(200)
    path = run / HISTORY
    copies: list[bytes | None] = []
    copied = snapshot._copied

    def copy(path: Path) -> bytes | None:
        copies.append(copied(path))
        return copies[-1]

    monkeypatch.setattr(snapshot, "_copied", copy)
    read_history(run, COLUMNS)
    assert len(copies) == 2
    os.utime(path, (1_000_000, 1_000_000))
    read_history(run, COLUMNS)
    assert len(copies) == 3


def test_sqlite_would_have_kept_the_writer_waiting(run: Path) -> None:
    """What all of this is for."""
    generations = Generations(run, patience=0)
    generations.commit(200)
    with contextlib.closing(Store.open(run, COLUMNS)) as store:
        store._connection.execute("BEGIN")
        store.stages()
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            generations.commit(300)
