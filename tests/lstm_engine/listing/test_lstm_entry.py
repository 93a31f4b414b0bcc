"""A run of the LSTM, in the state that it is in."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
import pytest

from lstm_engine.errors import UserError
from lstm_engine.listing.entries import entries, entry_of
from lstm_engine.listing.run_entry import EntryState
from lstm_engine.store.directory import SUMMARY, RunState
from lstm_engine.store.holding.lock import LOCK, RunLock
from lstm_engine.store.holding.owner import OWNER, Owner, this_process
from lstm_engine.store.holding.pulse import PULSE, Pulse, PulseFile
from tests.support.run_folders import before, make_run


def test_the_last_saved_comes_first_and_what_is_no_run_does_not(tmp_path: Path) -> None:
    for hours, name in enumerate(("old-oak", "calm-lake", "wild-fern")):
        make_run(tmp_path, name, saved=before(hours=hours))
    (tmp_path / "a-folder").mkdir()
    (tmp_path / "a-file").write_text("")
    assert [entry.run for entry in entries(tmp_path)] == ["old-oak", "calm-lake", "wild-fern"]
    assert entries(tmp_path / "none") == []
    with pytest.raises(UserError, match="cannot be listed"):
        entries(tmp_path / "a-file")


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
