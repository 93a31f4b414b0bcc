"""What a run writes is for its user alone, whatever the umask; with `--shared` the umask decides."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from lstm_engine.listing.changes import rename
from lstm_engine.protocol.messages import EngineReady, NewRun, Paused, Quit, Save, Stopped, Train, TrainingStarted
from lstm_engine.run.config import RunConfig
from lstm_engine.store.holding.lock import LOCK
from tests.support.processes import EngineUnderTest
from tests.support.run_folders import make_run
from tui.options import EngineOptions


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def modes(root: Path) -> dict[str, int]:
    """By kind of file: who may do what. Of the folder of all runs, of a run, and of each file in it."""
    found = {"runs": root, **{("run" if path.is_dir() else path.name): path for path in root.rglob("*")}}
    return {name: stat.S_IMODE(path.stat().st_mode) for name, path in found.items()}


@pytest.mark.parametrize(
    ("mask", "options", "folders", "files"),
    [
        (0o000, [], 0o700, 0o600),
        pytest.param(0o022, [], 0o700, 0o600, marks=pytest.mark.soak),
        pytest.param(0o000, ["--shared"], 0o777, 0o666, marks=pytest.mark.soak),
        (0o002, ["--shared"], 0o775, 0o664),
    ],
)
def test_every_file_of_an_engine(tmp_path: Path, mask: int, options: list[str], folders: int, files: int) -> None:
    root = tmp_path / "some" / "checkpoints"
    with umask(mask):
        engine = EngineUnderTest(root, "--save-every", "0.01", *options)
    with engine:
        engine.must_hear(EngineReady)
        engine.send(NewRun(config=RunConfig()))
        engine.send(Train(epochs=1_000_000))
        engine.must_hear(TrainingStarted)
        journal = watched_journal(engine, root)
        engine.send(Quit())
        engine.must_hear(Stopped)
    found = modes(root)
    assert {found.pop("runs"), found.pop("run"), stat.S_IMODE(root.parent.stat().st_mode)} == {folders}
    assert {"run.json", "summary.json", "history.sqlite", "owner.json", LOCK} <= found.keys()
    assert any(name.endswith(".ckpt") for name in found)
    assert set(found.values()) == {files}, found
    assert journal in (files, None)


def watched_journal(engine: EngineUnderTest, root: Path) -> int | None:
    """Who may read the journal, while there is one; None where none was met."""
    for _ in range(20):
        engine.send(Save())
        engine.must_hear(lambda event: not isinstance(event, Paused))
        for path in root.glob("*/history.sqlite-journal"):
            try:
                return stat.S_IMODE(path.stat().st_mode)
            except FileNotFoundError:
                continue
    return None


@pytest.mark.parametrize("mode", [0o600, 0o664])
def test_a_lock_may_be_taken_by_whom_the_history_is_for(tmp_path: Path, mode: int) -> None:
    """Where the dashboard is the first to take it, to give the run another name."""
    with umask(0o000):
        run = make_run(tmp_path, "calm-lake")
        (run / "history.sqlite").chmod(mode)
        renamed = rename(tmp_path, run.name, "other-name")
    assert stat.S_IMODE((renamed / LOCK).stat().st_mode) == mode


def test_the_engine_is_told_of_it(tmp_path: Path) -> None:
    assert "--shared" in EngineOptions(tmp_path, shared=True).argv
    assert "--shared" not in EngineOptions(tmp_path).argv


@pytest.mark.parametrize(("options", "expected"), [([], 0o600), (["--shared"], 0o666)])
def test_train_hands_it_on(tmp_path: Path, options: list[str], expected: int) -> None:
    with umask(0o000):
        command = [
            sys.executable,
            "-m",
            "tui",
            "train",
            "--epochs",
            "2",
            "--checkpoints",
            str(tmp_path / "c"),
            *options,
        ]
        subprocess.run(command, check=True, capture_output=True)
    (record,) = (tmp_path / "c").glob("*/run.json")
    assert stat.S_IMODE(record.stat().st_mode) == expected
