"""The parameters at the end of every epoch are on disk, and training is none the wiser."""

from __future__ import annotations

import errno
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from lightning import Callback

from lstm_engine.lstm.parameters import ModelName
from lstm_engine.price_model import epoch_weights, program
from lstm_engine.price_model.epoch_weights import EpochWeights
from lstm_engine.script.going_on import checkpoint_of
from lstm_engine.weight_history.history import WEIGHT_HISTORY, History, read_history
from tests.support.price_runs import made_run, small_inputs, trained, weights


def kept(run: Path) -> History:
    found = read_history(run)
    assert found is not None
    return found


@pytest.mark.parametrize("model", ["by-hand", "nn-lstm"])
def test_the_newest_are_those_of_the_last_checkpoint_to_the_bit(
    model: ModelName, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inputs = small_inputs(model=model, hidden=3, layers=2 if model == "nn-lstm" else 1)
    run = made_run(tmp_path, inputs)
    trained(monkeypatch, run, inputs)
    found = kept(run)
    assert found.epochs.tolist() == [1, 2, 3, 4]
    state = torch.load(checkpoint_of(run).path, weights_only=True)["state_dict"]
    tensors = found.at(4).tensors
    assert tensors.keys() == state.keys()
    for name, tensor in state.items():
        np.testing.assert_array_equal(tensors[name], tensor.numpy())
    best = next((run / "checkpoints").glob("best-*.ckpt"))
    assert found.best == torch.load(best, weights_only=True)["epoch"] + 1


def test_going_on_leaves_no_gap_and_training_its_bits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inputs = small_inputs(hidden=2)
    straight, halves = (made_run(tmp_path / name, inputs) for name in ("straight", "halves"))
    whole = trained(monkeypatch, straight, small_inputs(hidden=2, epochs=6))
    trained(monkeypatch, halves, inputs)
    gone_on = trained(monkeypatch, halves, inputs, epochs=6)
    assert kept(halves).epochs.tolist() == [1, 2, 3, 4, 5, 6]
    assert (straight / WEIGHT_HISTORY).read_bytes() == (halves / WEIGHT_HISTORY).read_bytes()
    assert weights(gone_on) == weights(whole)
    monkeypatch.setattr(program, "EpochWeights", lambda _: Callback())
    without = trained(monkeypatch, made_run(tmp_path / "without", inputs), small_inputs(hidden=2, epochs=6))
    assert weights(without) == weights(whole)


def test_a_full_disk_ends_the_history_and_not_the_training(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Full(epoch_weights.HistoryFile):
        def add(self, epoch: int, *rest: object) -> None:
            if epoch == 3:
                raise OSError(errno.ENOSPC, "No space left on device")
            super().add(epoch, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(epoch_weights, "HistoryFile", Full)
    inputs = small_inputs()
    run = made_run(tmp_path, inputs)
    assert trained(monkeypatch, run, inputs).current_epoch == 4
    assert kept(run).epochs.tolist() == [1, 2]
    assert "no parameters are kept from here on (No space left on device)" in capsys.readouterr().err


def test_a_folder_that_is_not_there_ends_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    callback, model = EpochWeights(tmp_path / "none"), torch.nn.Linear(2, 1)
    trainer: object = SimpleNamespace(current_epoch=0, callback_metrics={})
    callback.on_train_start(trainer, model)  # type: ignore[arg-type]
    callback.on_train_epoch_end(trainer, model)  # type: ignore[arg-type]
    assert "the training goes on" in capsys.readouterr().err
