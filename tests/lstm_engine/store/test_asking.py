"""Whoever only looks at runs leaves them as they are, and keeps nobody from them."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

import pytest

from lstm_engine.errors import UserError
from lstm_engine.listing.entries import entries, entry_of, last_saved
from lstm_engine.store.holding import lock as locks
from lstm_engine.store.holding.lock import LOCK, RunLock, in_use
from tests.support.run_folders import make_run


@pytest.fixture
def run(tmp_path: Path) -> Path:
    return make_run(tmp_path / "checkpoints", "calm-lake", epoch=20, target=40, state="training")


def asking(run: Path) -> int:
    """Somebody who asks whether a run is held, and has not got his answer yet."""
    descriptor = os.open(run / LOCK, os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    return descriptor


def test_to_list_an_interrupted_run_writes_nothing(run: Path) -> None:
    before = {path.name: path.stat().st_mtime_ns for path in run.iterdir()}
    assert [entry.state for entry in entries(run.parent)] == ["interrupted"]
    assert last_saved(run.parent) is not None
    assert {path.name: path.stat().st_mtime_ns for path in run.iterdir()} == before


def test_who_asks_is_waited_for(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    RunLock(run).hold()
    asker, waited = asking(run), []

    def answered(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == 3:
            os.close(asker)

    monkeypatch.setattr(locks.time, "sleep", answered)
    lock = RunLock(run)
    lock.acquire()
    assert len(waited) == 3
    assert entry_of(run).state == "running"
    lock.release()
    assert entry_of(run).state == "interrupted"


def test_who_asks_for_ever_is_not(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (run / LOCK).touch()
    asker = asking(run)
    monkeypatch.setattr(locks, "_PATIENCE", 0.01)
    with pytest.raises(UserError, match="in use"):
        RunLock(run).hold()
    os.close(asker)
    RunLock(run).hold()


def test_who_holds_a_run_is_not_waited_for(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    holder = RunLock(run)
    holder.acquire()
    monkeypatch.setattr(locks.time, "sleep", lambda _: pytest.fail("it waits"))
    with pytest.raises(UserError, match=f"in use by process {os.getpid()} on "):
        RunLock(run).acquire()
    holder.release()


def test_many_may_ask_at_once(run: Path) -> None:
    (run / LOCK).touch()
    askers = [asking(run) for _ in range(3)]
    assert not in_use(run)
    for asker in askers:
        os.close(asker)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_lock_that_may_not_be_read_is_somebody_elses(run: Path) -> None:
    (run / LOCK).touch(0o000)
    assert in_use(run)
