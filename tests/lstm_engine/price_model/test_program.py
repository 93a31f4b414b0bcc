"""A training that goes on ends in the bits of one that did not stop, with everything on that has a state."""

from __future__ import annotations

import itertools
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from lightning import Callback

from lstm_engine.forecast.outlook import read_outlook
from lstm_engine.forecast.predictions import read_predictions
from lstm_engine.price_model import program
from lstm_engine.price_model.program import train
from lstm_engine.script.going_on import checkpoint_of, checkpoints_told
from lstm_engine.script.script_run import CHECKPOINTS, INPUTS
from tests.support.hooked import told
from tests.support.price_runs import SavedAt, made_run, small_inputs, trained, weights

MODELS = [(model, hidden) for model in ("by-hand", "nn-lstm") for hidden in (1, 8, 32)]
#: With shuffling, which there always is.
EVERYTHING: dict[str, Any] = {"schedule": "cosine", "clip": 0.1, "patience": 1000, "forget_bias": 1.0}


def check_going_on(monkeypatch: Any, root: Path, parts: tuple[int, ...], **changed: Any) -> None:
    """parts: epochs that are trained one after the other; all of them at once come to the same."""
    changed = {**EVERYTHING, "schedule_epochs": sum(parts), **changed}
    straight = made_run(root / "straight", inputs := small_inputs(epochs=sum(parts), **changed))
    wanted = trained(monkeypatch, straight, inputs)
    pieces = made_run(root / "pieces", inputs := small_inputs(epochs=parts[0], **changed))
    trainer = trained(monkeypatch, pieces, inputs)
    for done in itertools.accumulate(parts[1:], initial=parts[0]):
        if done > parts[0]:
            trainer = trained(monkeypatch, pieces, inputs, epochs=done)
        assert trainer.current_epoch == done
    assert weights(trainer) == weights(wanted)
    one, other = read_predictions(pieces), read_predictions(straight)
    assert one is not None
    assert other is not None
    assert (one.epoch, one.loss) == (other.epoch, other.loss)
    assert one.held_out.tobytes() == other.held_out.tobytes()
    assert one.ahead.tobytes() == other.ahead.tobytes()
    assert checkpoint_of(pieces).exact


@pytest.mark.parametrize(("model", "hidden"), MODELS)
def test_going_on_comes_to_the_same_bits(model: str, hidden: int, tmp_path: Path, monkeypatch: Any) -> None:
    check_going_on(monkeypatch, tmp_path, (4, 5, 3), model=model, hidden=hidden)


def test_going_on_from_inside_an_epoch_comes_to_the_same_bits(tmp_path: Path, monkeypatch: Any) -> None:
    run = made_run(tmp_path, inputs := small_inputs(hidden=3, epochs=5, **EVERYTHING))
    monkeypatch.setattr(program, "NewestCheckpoint", partial(SavedAt, steps=(15,)))
    wanted = weights(trained(monkeypatch, run, inputs))
    inside = run / CHECKPOINTS / "step=15.ckpt"
    assert checkpoint_of(run, inside).batch is not None
    assert checkpoint_of(run, inside).exact
    assert weights(trained(monkeypatch, run, inputs, 5, inside)) == wanted


@pytest.mark.soak
@pytest.mark.parametrize(("model", "hidden"), MODELS)
def test_600_epochs_come_to_the_same_bits(model: str, hidden: int, tmp_path: Path, monkeypatch: Any) -> None:
    check_going_on(monkeypatch, tmp_path, (200, 250, 150), model=model, hidden=hidden)


def test_it_stops_where_nothing_gets_better(tmp_path: Path, monkeypatch: Any) -> None:
    inputs = small_inputs(epochs=500, patience=3, lr=0.1)
    run = made_run(tmp_path, inputs)
    trainer = trained(monkeypatch, run, inputs)
    best = read_outlook(run).predictions
    assert trainer.current_epoch == best.epoch + 3 < 500
    newest = checkpoint_of(run)
    assert (newest.epoch + 1, newest.exact) == (trainer.current_epoch, True)
    kept = {Path(each.path).name for each in checkpoints_told(run)}
    assert kept == {f"best-epoch={best.epoch - 1}.ckpt", f"newest-epoch={trainer.current_epoch}.ckpt"}


@pytest.mark.skipif(not torch.set_flush_denormal(False), reason="this processor always computes with such numbers")
def test_numbers_next_to_nothing_are_nothing_while_it_trains() -> None:
    seen = []

    def tenth() -> float:
        return float(np.full(8, 1e-38, np.float32)[0] / np.float32(10))

    class Dividing(Callback):
        def on_train_batch_end(self, *_: object) -> None:
            seen.append(tenth())

    train(small_inputs(), [Dividing()], 1)
    assert set(seen) == {0}
    assert tenth() > 0


def test_a_loss_that_is_no_number_is_said(
    tmp_path: Path, monkeypatch: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    inputs = small_inputs(lr=1e30, target="price", scale="none")
    run = made_run(tmp_path, inputs)
    monkeypatch.setenv("LSTM_TUI_RUN", str(run))
    assert program.main() == 1
    assert "try a lower --lr" in capsys.readouterr().err
    assert read_predictions(run) is None or np.isfinite(read_outlook(run).predictions.loss)


def test_prices_that_are_damaged_are_said(
    tmp_path: Path, monkeypatch: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    run = made_run(tmp_path, small_inputs())
    (run / INPUTS / "prices.npz").write_bytes(b"PK")
    monkeypatch.setenv("LSTM_TUI_RUN", str(run))
    assert program.main() == 1
    assert "is damaged" in capsys.readouterr().err
    assert not told(run) if (run / "events.jsonl").exists() else True
