"""An epoch is computed again by a process that leaves nothing behind, however it ends."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path
from typing import Any

import psutil
import pytest

from lstm_engine.errors import UserError
from lstm_engine.forecast import recomputation
from lstm_engine.weight_history.history import read_history
from tests.support.folder_contents import tree
from tests.support.price_runs import made_run, small_inputs, trained
from tests.support.script import until
from tui.client.recomputed_epoch import recomputed_epoch


@pytest.fixture(autouse=True)
def scratch(tmp_path: Path, monkeypatch: Any) -> Path:
    """Where folders for a while are made."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def run(tmp_path: Path, monkeypatch: Any) -> Path:
    """A run of four epochs, as it was trained, of whose checkpoints none is left."""
    run = made_run(tmp_path, inputs := small_inputs())
    trained(monkeypatch, run, inputs)
    for path in (run / "checkpoints").iterdir():
        path.unlink()
    return run


def in_place_of_it(monkeypatch: Any, code: str) -> None:
    monkeypatch.setattr(recomputation, "_PROGRAM", (sys.executable, "-c", f"import os, sys, time\n{code}"))


async def test_it_is_the_run_s_and_nothing_of_it_is_left(run: Path, scratch: Path) -> None:
    history, before = read_history(run), tree(run)
    assert history is not None
    kept = history.at(3)
    assert kept.is_exact
    told: list[tuple[int, int]] = []
    found = await recomputed_epoch(run, 3, lambda *how_far: told.append(how_far))
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert list(found) == [2, 3]
    assert {name: each.tobytes() for name, each in found[3].tensors.items()} == {
        name: each.tobytes() for name, each in kept.tensors.items()
    }
    assert tree(run) == before
    assert list(scratch.iterdir()) == []


async def test_cancelled_its_process_is_gone(run: Path, scratch: Path, monkeypatch: Any) -> None:
    in_place_of_it(monkeypatch, "print(os.getpid(), flush=True)\ntime.sleep(600)")
    told: list[int] = []
    task = asyncio.ensure_future(recomputed_epoch(run, 3, lambda done, _: told.append(done)))
    await until(lambda: len(told) == 2)
    assert psutil.pid_exists(told[1])
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not psutil.pid_exists(told[1])
    assert list(scratch.iterdir()) == []


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("sys.stderr.write('a warning\\nthe disk is full\\n')\nsys.exit(1)", "the disk is full"),
        ("os.kill(os.getpid(), 9)", "its process was ended by SIGKILL"),
        ("sys.exit(3)", "its process ended with status 3"),
    ],
)
async def test_its_failure_is_a_sentence(run: Path, scratch: Path, monkeypatch: Any, code: str, why: str) -> None:
    in_place_of_it(monkeypatch, code)
    with pytest.raises(UserError) as error:
        await recomputed_epoch(run, 3, lambda *_: None)
    assert str(error.value) == f"epoch 3 cannot be computed again: {why}"
    assert list(scratch.iterdir()) == []


async def test_what_cannot_work_starts_no_process(run: Path, monkeypatch: Any) -> None:
    in_place_of_it(monkeypatch, "print(1)")
    told: list[tuple[int, int]] = []
    with pytest.raises(UserError, match="has not told of its end"):
        await recomputed_epoch(run, 9, lambda *how_far: told.append(how_far))
    assert told == []


async def test_without_a_place_for_it_that_is_said(run: Path, scratch: Path) -> None:
    scratch.rmdir()
    with pytest.raises(UserError, match=r"cannot be computed again: .* cannot be used \(No such file or directory\)"):
        await recomputed_epoch(run, 3, lambda *_: None)
