"""The folder of the runs, as the dashboard reads it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from lstm_engine.errors import UserError
from tests.support.comparisons import grow
from tests.support.run_folders import StillFolder, make_run
from tests.support.script import (
    checkpoint,
)


async def test_the_checkpoints_of_a_real_run(tmp_path: Path) -> None:
    kept = [(500, "timed"), (1000, "user"), (1200, "pause")]
    directory = make_run(tmp_path, "calm-lake", 1200, 2000, "paused", checkpoints=kept)
    (directory / checkpoint(1200)).write_bytes(b"other bytes")
    (directory / checkpoint(500)).unlink()
    folder = StillFolder(tmp_path, "checkpoints")
    found = [(one.epoch, one.reason, one.whole) for one in folder.checkpoints("calm-lake")]
    assert found == [(1200, "pause", False), (1000, "user", True)]


def test_a_run_is_of_the_folder_also_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    folder = StillFolder(tmp_path / "link", "link")
    assert folder.name_of(str(tmp_path / "real" / "calm-lake")) == "calm-lake"
    assert folder.name_of(str(tmp_path / "elsewhere" / "calm-lake")) is None
    assert folder.name_of(None) is None


def test_a_folder_that_goes_while_the_others_are_listed_takes_none_of_them_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("calm-lake", "old-oak", "wild-fern"):
        make_run(tmp_path, name)
    listed = list(os.scandir(tmp_path))
    shutil.rmtree(tmp_path / "old-oak")
    monkeypatch.setattr(os, "scandir", lambda _: listed)
    folder = StillFolder(tmp_path, "checkpoints")
    assert len(folder.times()) == 3
    assert {entry.run for entry in folder.entries_in(folder.times())} == {"calm-lake", "wild-fern"}


def test_a_note_is_put_to_a_run(tmp_path: Path) -> None:
    make_run(tmp_path, "calm-lake")
    folder = StillFolder(tmp_path, "checkpoints")
    folder.annotate("calm-lake", "good #keep")
    (found,) = folder.entries()
    assert (found.note, found.tags) == ("good #keep", ("keep",))
    with pytest.raises(UserError):
        folder.annotate("old-oak", "good")


def test_the_version_of_a_history_changes_when_epochs_are_added_or_another_takes_its_place(tmp_path: Path) -> None:
    directory = make_run(tmp_path, "calm-lake")
    folder = StillFolder(tmp_path, "checkpoints")
    seen = [folder.version("calm-lake")]
    assert folder.version("calm-lake") == seen[0]
    grow(directory)
    seen.append(folder.version("calm-lake"))
    directory.rename(tmp_path / "aside")
    seen.append(folder.version("calm-lake"))
    make_run(tmp_path, "calm-lake")
    seen.append(folder.version("calm-lake"))
    assert len(set(seen)) == 4
    assert seen[2] is None


def test_one_run_s_entry_is_that_of_the_list(tmp_path: Path) -> None:
    make_run(tmp_path, "calm-lake", 1200, 2000, "paused")
    folder = StillFolder(tmp_path, "checkpoints")
    assert [folder.entry("calm-lake")] == folder.entries()
