"""The best epoch of a branch is the best of all that it has come from: file, predictions and forecast say the same."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lstm_engine.errors import UserError
from lstm_engine.forecast.inputs import Inputs
from lstm_engine.forecast.outlook import read_outlook
from lstm_engine.forecast.with_forecast import with_forecast
from lstm_engine.price_model import program
from lstm_engine.script.script_run import CHECKPOINTS
from tests.support.price_runs import SavedAt, made_run, small_inputs, trained


def parent(monkeypatch: Any, root: Path) -> tuple[Path, Path, Inputs]:
    """A run that gets worse and worse; a checkpoint at its end; what it was made from."""
    inputs = small_inputs(epochs=4, lr=0.3)
    run = made_run(root, inputs)
    monkeypatch.setattr(program, "NewestCheckpoint", partial(SavedAt, ends=(4,)))
    trained(monkeypatch, run, inputs)
    best = read_outlook(run).predictions
    assert best.epoch < 4
    return run, run / CHECKPOINTS / "end=4.ckpt", inputs


def bests(run: Path) -> list[str]:
    return sorted(path.name for path in (run / CHECKPOINTS).glob("best-*"))


def test_a_branch_that_is_nowhere_better_keeps_the_best_of_its_past(tmp_path: Path, monkeypatch: Any) -> None:
    run, end, inputs = parent(monkeypatch, tmp_path / "parent")
    best = read_outlook(run).predictions
    branch = made_run(tmp_path / "branch", inputs)
    trained(monkeypatch, branch, inputs, 6, end)
    outlook = read_outlook(branch)
    assert (outlook.predictions.epoch, outlook.predictions.loss) == (best.epoch, best.loss)
    assert bests(branch) == bests(run) == [f"best-epoch={best.epoch - 1}.ckpt"]
    for each in (run / CHECKPOINTS).glob("best-*"):
        each.unlink()
    found = with_forecast(branch, outlook, outlook.table, 1)
    np.testing.assert_array_equal(found.predictions.ahead, best.ahead)


def test_what_its_past_has_lost_is_not_replaced_by_something_worse(tmp_path: Path, monkeypatch: Any) -> None:
    run, end, inputs = parent(monkeypatch, tmp_path / "parent")
    for each in (run / CHECKPOINTS).glob("best-*"):
        each.unlink()
    branch = made_run(tmp_path / "branch", inputs)
    trained(monkeypatch, branch, inputs, 6, end)
    assert bests(branch) == []
    outlook = read_outlook(branch)
    with pytest.raises(UserError, match=f"has no checkpoint of its best epoch, {outlook.predictions.epoch}: "):
        with_forecast(branch, outlook, outlook.table, 1)


def test_a_branch_that_gets_better_has_one_best_of_its_own(tmp_path: Path, monkeypatch: Any) -> None:
    inputs = small_inputs(epochs=2)
    run = made_run(tmp_path / "parent", inputs)
    monkeypatch.setattr(program, "NewestCheckpoint", partial(SavedAt, ends=(2,)))
    trained(monkeypatch, run, inputs)
    kept = bests(run)
    branch = made_run(tmp_path / "branch", inputs)
    trained(monkeypatch, branch, inputs, 12, run / CHECKPOINTS / "end=2.ckpt")
    best = read_outlook(branch).predictions
    assert best.epoch > 2
    assert bests(branch) == [f"best-epoch={best.epoch - 1}.ckpt"]
    assert bests(run) == kept
