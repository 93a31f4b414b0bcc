"""Runs of either kind are renamed and deleted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lstm_engine.errors import UserError
from lstm_engine.listing.changes import delete, rename
from lstm_engine.run.records import Parent
from lstm_engine.store.holding.lock import RunLock, in_use
from lstm_engine.store.holding.owner import OWNER
from lstm_engine.store.holding.pulse import Pulse, PulseFile
from tests.support.folder_contents import contents
from tests.support.kept_scripts import fake_training, kept, kill, progress_of, wait_for, wait_until_over
from tests.support.run_folders import make_run


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


def test_a_script_s_run_is_left_alone_while_it_trains_kept_or_not(tmp_path: Path) -> None:
    with kept(tmp_path, fake_training("--hold"), "mine") as (run, launched):
        wait_for(lambda: progress_of(run).epoch == 1)
        for who in (f"process {launched.keeper} on ", f"its script, process {launched.script}"):
            for change in (lambda: rename(tmp_path, "mine", "best"), lambda: delete(tmp_path, "mine")):
                with pytest.raises(UserError, match=f"in use by {who}"):
                    change()
            kill(launched.keeper)
            wait_for(lambda: not in_use(run))
        (run / "go").touch()
        wait_until_over(run)
    assert rename(tmp_path, "mine", "best").is_dir()
    delete(tmp_path, "best")
    assert list(tmp_path.iterdir()) == []
