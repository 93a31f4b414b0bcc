"""What an epoch comes to that is computed again, and what is said where it comes to something else."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lstm_engine.errors import UserError
from lstm_engine.forecast import recomputation
from lstm_engine.forecast.epoch_start import EpochStart, epoch_start
from lstm_engine.forecast.inputs import PRICES
from lstm_engine.forecast.recomputation import Recomputation, prepared
from lstm_engine.script.script_environment import CHECKPOINT, EPOCHS, RUN
from lstm_engine.script.script_run import CHECKPOINTS, INPUTS
from lstm_engine.weight_history.history import WEIGHT_HISTORY
from lstm_engine.weight_history.record_file import write_records
from tests.support.price_runs import made_run, small_inputs, trained
from tests.support.weight_histories import SMALL, values_at, written


@pytest.fixture
def run(tmp_path: Path, monkeypatch: Any) -> Path:
    run = made_run(tmp_path, inputs := small_inputs(epochs=3))
    trained(monkeypatch, run, inputs)
    return run


def test_the_process_is_given_a_copy_of_the_checkpoint(run: Path, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    found = prepared(run, 3, folder)
    source = epoch_start(run, 3).checkpoint
    assert source is not None
    assert found.start.checkpoint == folder / "start.ckpt"
    assert (folder / "start.ckpt").read_bytes() == source.read_bytes()
    assert found.command[:3] == (sys.executable, "-P", "-m")
    assert found.command[-2:] == ("--done", "3")
    assert {name: found.environment[name] for name in (RUN, CHECKPOINT, EPOCHS)} == {
        RUN: str(folder),
        CHECKPOINT: str(folder / "start.ckpt"),
        EPOCHS: "3",
    }


def test_a_checkpoint_that_goes_before_it_is_read_is_no_end(run: Path, tmp_path: Path, monkeypatch: Any) -> None:
    gone = EpochStart(tmp_path / "gone.ckpt", 2, True)
    starts = [gone, gone, epoch_start(run, 0)]
    monkeypatch.setattr(recomputation, "epoch_start", lambda *_: starts.pop(0))
    assert prepared(run, 3, tmp_path).start.checkpoint is None
    starts += [gone] * 3
    with pytest.raises(UserError, match="its checkpoints go as fast as they are found"):
        prepared(run, 3, tmp_path)


def test_what_cannot_work_is_said_before_a_process_is_started(run: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="epoch 9 cannot be computed again"):
        prepared(run, 9, tmp_path)
    for path in (run / CHECKPOINTS).iterdir():
        path.unlink()
        path.mkdir()
    with pytest.raises(UserError, match="cannot be copied"):
        prepared(run, 3, tmp_path)
    (run / INPUTS / PRICES).unlink()
    with pytest.raises(UserError, match=r"cannot be read \(No such file or directory\)"):
        prepared(run, 3, tmp_path)


def asked(tmp_path: Path, epoch: int, loss: float | None = 0.5) -> Recomputation:
    """An epoch of a run that has kept the sixth in 16 bits and the last in 32; the loss is what it has told of it."""
    run, folder = tmp_path / "run", tmp_path / "folder"
    for each in (run, folder):
        each.mkdir(exist_ok=True)
    if not (run / WEIGHT_HISTORY).exists():
        written(run, range(1, 9), budget=400).close()
    return Recomputation(run, epoch, EpochStart(None, 0, True, loss), folder)


def test_it_is_held_against_what_the_run_has_told_and_kept(tmp_path: Path) -> None:
    for epoch in (6, 8, 5):
        found = asked(tmp_path, epoch)
        path = found.folder / "epoch.records"
        write_records(path, SMALL, {epoch - 1: (1.0, values_at(epoch - 1)), epoch: (0.5, values_at(epoch))})
        assert list(found.result()) == [epoch - 1, epoch]
        assert list(asked(tmp_path, epoch, None).result()) == [epoch - 1, epoch]
        with pytest.raises(UserError, match="comes to other numbers than the run's"):
            asked(tmp_path, epoch, 0.25).result()
    found = asked(tmp_path, 6)
    for epoch in (6, 8):
        values = values_at(epoch) + np.float32(0.01)
        write_records(found.folder / "epoch.records", SMALL, {epoch: (0.5, values)})
        with pytest.raises(UserError, match=f"epoch {epoch} comes to other numbers"):
            asked(tmp_path, epoch).result()


def test_a_history_that_is_damaged_is_nothing_to_hold_it_against(tmp_path: Path) -> None:
    found = asked(tmp_path, 4)
    (found.run / WEIGHT_HISTORY).write_bytes(b"x")
    write_records(found.folder / "epoch.records", SMALL, {4: (0.5, values_at(9))})
    assert list(found.result()) == [4]
