"""A folder of runs that is looked at again and again: what is new is seen, what is not is not read."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from lstm_engine.errors import UserError
from lstm_engine.listing.changes import rename
from lstm_engine.listing.entries import entries
from lstm_engine.listing.run_entry import RunEntry
from lstm_engine.store.directory import RECORD, Summary, write_summary
from lstm_engine.store.holding.lock import RunLock
from lstm_engine.store.notes import write_note
from tests.support.run_folders import before, make_run
from tui.runs.run_folder import RunFolder
from tui.runs.run_watch import RunWatch

#: Long after whatever a test writes.
LATER = time.time_ns() + 10**12


class Counting(RunFolder):
    """Remembers what was read."""

    read: list[str] = []  # noqa: RUF012 - the folder is frozen

    def entries_in(self, directories: object) -> list[RunEntry]:
        wanted = list(directories)  # type: ignore[call-overload]
        self.read[:] = [Path(directory).name for directory in wanted]
        return super().entries_in(wanted)


@pytest.fixture
def folder(tmp_path: Path) -> Counting:
    make_run(tmp_path, "calm-lake")
    make_run(tmp_path, "old-oak")
    return Counting.at(tmp_path)


def listed(found: tuple[RunEntry, ...]) -> dict[str, RunEntry]:
    return {entry.run: entry for entry in found}


def test_what_has_not_changed_is_the_same_and_is_not_read_again(folder: Counting) -> None:
    watch = RunWatch(folder, lambda: LATER)
    first = watch.look()
    assert sorted(first, key=str) == sorted(entries(folder.root), key=str)
    assert sorted(folder.read) == ["calm-lake", "old-oak"]
    second = watch.look()
    assert folder.read == []
    assert all(before is after for before, after in zip(first, second, strict=True))


CHANGES: dict[str, Callable[[Path], object]] = {
    "saved": lambda root: write_summary(
        root / "calm-lake", Summary(epoch=2, target=2000, state="paused", updated=before())
    ),
    "noted": lambda root: write_note(root / "calm-lake", "good"),
    "renamed": lambda root: rename(root, "calm-lake", "best"),
    "deleted": lambda root: shutil.rmtree(root / "calm-lake"),
    "new": lambda root: make_run(root, "young-ash"),
    "no run any more": lambda root: (root / "calm-lake" / RECORD).unlink(),
    "linked to": lambda root: (root / "link").symlink_to(root / "calm-lake"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_seen_and_what_did_not_change_is_not_read(folder: Counting, change: str) -> None:
    watch = RunWatch(folder, lambda: LATER)
    first = listed(watch.look())
    CHANGES[change](folder.root)
    found = listed(watch.look())
    assert found == listed(tuple(entries(folder.root))) != first
    assert found["old-oak"] is first["old-oak"]
    assert "old-oak" not in folder.read


def test_a_run_that_is_held_is_read_each_time_and_its_death_is_seen(folder: Counting) -> None:
    run = make_run(folder.root, "wild-fern", 2, 2000, "training", checkpoints=[(2, "timed")])
    lock = RunLock(run)
    lock.acquire()
    watch = RunWatch(folder, lambda: LATER)
    watch.look()
    assert listed(watch.look())["wild-fern"].state == "running"
    assert folder.read == ["wild-fern"]
    os.utime(run, ns=(1, 1))  # the time of its folder tells nothing
    watch.look()
    lock.release()
    assert listed(watch.look())["wild-fern"].state == "interrupted"


def test_what_changed_just_now_may_change_again_within_the_same_tick(folder: Counting) -> None:
    run = folder.root / "calm-lake"
    now = run.stat().st_mtime_ns
    watch = RunWatch(folder, lambda: now)
    watch.look()
    write_note(run, "good")
    os.utime(run, ns=(now, now))
    assert listed(watch.look())["calm-lake"].note == "good"


def test_a_folder_that_is_not_there_yet_and_one_that_cannot_be_read(tmp_path: Path) -> None:
    watch = RunWatch(RunFolder.at(tmp_path / "none"))
    assert watch.look() == ()
    make_run(tmp_path / "none", "calm-lake")
    assert listed(watch.look()).keys() == {"calm-lake"}
    (tmp_path / "a-file").write_text("")
    with pytest.raises(UserError, match="cannot be listed"):
        RunWatch(RunFolder.at(tmp_path / "a-file")).look()
