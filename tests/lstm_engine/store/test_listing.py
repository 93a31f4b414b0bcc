"""Every run of a folder, in the state that it is in; renamed and deleted."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from lstm_engine.errors import UserError
from lstm_engine.run.records import Parent
from lstm_engine.store.directory import RECORD, SUMMARY, RunState
from lstm_engine.store.holding.lock import LOCK, RunLock
from lstm_engine.store.holding.owner import OWNER, Owner, this_process
from lstm_engine.store.holding.pulse import PULSE, Pulse, PulseFile
from lstm_engine.store.listing import EntryState, delete, entries, entry_of, last_saved, rename
from tests.support.folder_contents import contents
from tests.support.run_folders import before, make_run

#: By what a run's summary says, and whether a program holds it, the state it is listed in.
STATES: dict[tuple[RunState | None, bool], EntryState] = {
    ("training", True): "running",
    ("training", False): "interrupted",
    (None, True): "running",
    (None, False): "interrupted",
    ("paused", True): "stopped",
    ("paused", False): "stopped",
    ("finished", True): "finished",
    ("finished", False): "finished",
    ("failed", True): "failed",
    ("failed", False): "failed",
}


@pytest.mark.parametrize(("summary", "held"), STATES)
def test_the_state_of_a_run(tmp_path: Path, summary: RunState | None, held: bool) -> None:
    run = make_run(tmp_path, "calm-lake", 2, 9, summary or "training", checkpoints=[(2, "pause")])
    if summary is None:
        (run / SUMMARY).unlink()
    lock = RunLock(run)
    if held:
        lock.hold()
    found = entry_of(run)
    lock.release()
    assert found.state == STATES[summary, held]
    assert found.problem is None
    if summary is not None:
        assert (found.run, found.epoch) == ("calm-lake", 2)


#: By what a run's pulse says, and whether a program holds it, the state that it is listed in after a save in training.
TOLD: dict[tuple[RunState, bool], EntryState] = {
    ("training", True): "running",
    ("training", False): "interrupted",
    ("paused", True): "paused",
    ("paused", False): "interrupted",
    ("finished", True): "finished",
    ("failed", True): "failed",
}


@pytest.mark.parametrize(("told", "held"), TOLD)
@pytest.mark.parametrize("place", ["here", "there"])
def test_a_run_that_is_held_is_where_its_holder_says(tmp_path: Path, told: RunState, held: bool, place: str) -> None:
    run = make_run(tmp_path, "calm-lake", 2, 9, "training", checkpoints=[(2, "timed")])
    lock, pulse = RunLock(run), PulseFile(run)
    owner = this_process() if place == "here" else Owner(4711, "node-17")
    pulse.write(Pulse(epoch=8, target=9, state=told, train_loss=0.125, per_second=3.5, watchers=2))
    if held and place == "here":
        lock.hold()
    if not held:
        os.utime(run / PULSE, (1, 1))
    (run / OWNER).write_bytes(msgspec.json.encode(owner))
    found = entry_of(run)
    lock.release()
    assert found.state == TOLD[told, held]
    holder = (found.host, found.pid, found.per_second, found.watchers)
    if held:
        assert holder == (owner.host, owner.pid, 3.5, 2)
        assert (found.epoch, found.target, found.train_loss) == (8, 9, 0.125)
    else:
        assert holder == (None, None, None, None)
        assert found.epoch == 2


def test_a_run_that_was_stopped_and_is_open_elsewhere_is_not_stopped(tmp_path: Path) -> None:
    run = make_run(tmp_path, "calm-lake", 2, 9, "paused")
    assert entry_of(run).state == "stopped"
    (run / OWNER).write_text('{"pid": 4711, "host": "node-17"}')
    PulseFile(run).write(Pulse(epoch=2, target=9, state="paused"))
    assert entry_of(run).state == "paused"


def test_to_look_at_what_another_host_holds_takes_no_lock_and_writes_nothing(tmp_path: Path) -> None:
    run = make_run(tmp_path, "calm-lake", 2, 9, "training")
    (run / OWNER).write_text('{"pid": 4711, "host": "node-17"}')
    PulseFile(run).write(Pulse(epoch=2, target=9, state="training"))
    os.mkfifo(run / LOCK)
    before = {path.name: path.stat().st_mtime_ns for path in [run, *run.iterdir()]}
    assert [entry.state for entry in entries(tmp_path)] == ["running"]
    assert {path.name: path.stat().st_mtime_ns for path in [run, *run.iterdir()]} == before


@pytest.mark.parametrize("change", [delete, lambda root, name: rename(root, name, "other")], ids=["delete", "rename"])
def test_a_run_whose_heart_beats_elsewhere_is_left_to_it(
    tmp_path: Path, change: Callable[[Path, str], object]
) -> None:
    """Though no lock is seen here, as where a folder server does not know of locks."""
    run = make_run(tmp_path, "calm-lake", 2, 9, "training")
    (run / OWNER).write_text('{"pid": 4711, "host": "node-17"}')
    pulse = PulseFile(run)
    pulse.write(Pulse(epoch=2, target=9, state="training"))
    with pytest.raises(UserError, match="in use by process 4711 on node-17"):
        change(tmp_path, run.name)
    pulse.close()
    change(tmp_path, run.name)
    assert not run.exists()


def test_the_last_saved_comes_first_and_what_is_no_run_does_not(tmp_path: Path) -> None:
    for hours, name in enumerate(("old-oak", "calm-lake", "wild-fern")):
        make_run(tmp_path, name, saved=before(hours=hours))
    (tmp_path / "a-folder").mkdir()
    (tmp_path / "a-file").write_text("")
    assert [entry.run for entry in entries(tmp_path)] == ["old-oak", "calm-lake", "wild-fern"]
    assert entries(tmp_path / "none") == []
    with pytest.raises(UserError, match="cannot be listed"):
        entries(tmp_path / "a-file")


def test_a_damaged_run_is_listed_with_the_sentence(tmp_path: Path) -> None:
    run = make_run(tmp_path, "calm-lake")
    (run / RECORD).write_text("{")
    (found,) = entries(tmp_path)
    assert found.state == "damaged"
    assert found.problem is not None
    assert "is damaged" in found.problem


def test_the_run_that_was_saved_last_is_told_without_reading_the_others(tmp_path: Path) -> None:
    assert last_saved(tmp_path) is None
    for seconds, name in enumerate(("old-oak", "calm-lake", "wild-fern")):
        os.utime(make_run(tmp_path, name) / SUMMARY, (seconds, seconds))
    (tmp_path / "old-oak" / RECORD).write_text("{")
    found = last_saved(tmp_path)
    assert found is not None
    assert found.run == "wild-fern"


def test_a_renamed_run_is_the_same_run(tmp_path: Path) -> None:
    run = make_run(tmp_path, "calm-lake", parent=Parent("old-oak", 1))
    held = {path.name: data for path, data in contents(run).items()}
    assert rename(tmp_path, "calm-lake", "best.run_1-b") == tmp_path / "best.run_1-b"
    assert not run.exists()
    assert {path.name: data for path, data in contents(tmp_path / "best.run_1-b").items()} == held


@pytest.mark.parametrize(
    "name", ["", ".", "..", "a/b", "../best", "/best", "below/", "a b", "a\nb", "a\0b", "\x1b[31m"]
)
def test_a_name_that_leads_elsewhere_or_is_none_is_refused(tmp_path: Path, name: str) -> None:
    root = tmp_path / "runs"
    make_run(root, "calm-lake")
    (root / "below").mkdir()
    (root / "a").mkdir()
    with pytest.raises(UserError, match="is no name for a run"):
        rename(root, "calm-lake", name)
    assert sorted(path.name for path in root.iterdir()) == ["a", "below", "calm-lake"]
    assert [path.name for path in tmp_path.iterdir()] == ["runs"]


def test_a_taken_name_and_a_run_in_use_are_refused(tmp_path: Path) -> None:
    run = make_run(tmp_path, "calm-lake")
    make_run(tmp_path, "old-oak")
    with pytest.raises(UserError, match="old-oak is taken"):
        rename(tmp_path, "calm-lake", "old-oak")
    lock = RunLock(run)
    lock.acquire()
    held = contents(run)
    for change in (lambda: rename(tmp_path, "calm-lake", "best"), lambda: delete(tmp_path, "calm-lake")):
        with pytest.raises(UserError, match="in use by process"):
            change()
    assert contents(run) == held
    lock.release()


def test_a_deleted_run_is_gone_and_no_other_is(tmp_path: Path) -> None:
    make_run(tmp_path, "calm-lake")
    other = contents(make_run(tmp_path, "old-oak"))
    delete(tmp_path, "calm-lake")
    assert [path.name for path in tmp_path.iterdir()] == ["old-oak"]
    assert contents(tmp_path / "old-oak") == other
    with pytest.raises(UserError, match="no run 'calm-lake'"):
        delete(tmp_path, "calm-lake")
