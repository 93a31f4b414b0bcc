"""What is left of a run that never was: told, and never touched."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from lstm_engine.listing.leftovers import leftovers
from lstm_engine.store.directory import RECORD
from lstm_engine.store.holding.lock import RunLock
from tests.support.run_folders import make_run
from tui.cli import main as cli


@pytest.fixture
def run(tmp_path: Path) -> Path:
    return make_run(tmp_path / "checkpoints", "calm-lake", epoch=20, target=40, state="training")


def cut_short(root: Path, name: str, *, with_history: bool = True) -> Path:
    """What a killed set-up left, a while ago."""
    folder = make_run(root, name)
    (folder / RECORD).unlink()
    if not with_history:
        for path in folder.iterdir():
            path.unlink()
    long_ago(folder)
    return folder


def long_ago(folder: Path) -> None:
    os.utime(folder, (time.time() - 3600,) * 2)


def test_what_is_left_of_a_run_that_never_was_is_told_and_stays(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = run.parent
    left = [cut_short(root, "brisk-\x1b[31mfox"), cut_short(root, "calm-pine", with_history=False)]
    (root / "empty folder").mkdir()
    long_ago(root / "empty folder")
    somebodys = cut_short(root, "tidy-oak")
    (somebodys / "thesis.tex").write_text("not ours")
    long_ago(somebodys)
    begun = cut_short(root, "proud-reef")
    os.utime(begun)
    held = cut_short(root, "gold-moss")
    lock = RunLock(held)
    lock.hold()
    long_ago(held)
    (root / "fair-elm").symlink_to(left[0])
    assert leftovers(root) == left
    assert cli.run(["runs", "--checkpoints", str(root)]) == 0
    output = capsys.readouterr().out
    assert "brisk-?[31mfox is no run: setting it up, or removing it, was cut short; to remove what is left: " in output
    assert f"rm -r $'{root}/brisk-\\x1b[31mfox'\n" in output
    assert f"rm -r {left[1]}\n" in output
    assert output.count("rm -r") == 2
    assert all(folder.exists() for folder in left)
    lock.release()


def test_without_any_run_leftovers_are_told_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert leftovers(tmp_path / "nowhere") == []
    cut_short(tmp_path, "calm-lake")
    assert cli.run(["runs", "--checkpoints", str(tmp_path)]) == 0
    first, _, last = capsys.readouterr().out.splitlines()
    assert first == f"no runs in {tmp_path}"
    assert last.startswith("calm-lake is no run")
