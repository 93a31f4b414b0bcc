"""An epoch that is computed again has the bits that the run's own record of it had."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from lstm_engine.forecast.epoch_start import epoch_start
from lstm_engine.forecast.inputs import PRICES
from lstm_engine.lstm.parameters import ModelName
from lstm_engine.price_model import epoch_weights, program, recompute_program
from lstm_engine.script.script_run import CHECKPOINTS, INPUTS
from lstm_engine.weight_history.history import History, Snapshot, read_history
from lstm_engine.weight_history.history_file import HistoryFile
from tests.support.folder_contents import contents
from tests.support.price_runs import SavedAt, made_run, recomputed, small_inputs, trained

#: With shuffling, which there always is. Of an epoch, batches.
EVERYTHING: dict[str, Any] = {"schedule": "cosine", "clip": 0.1, "forget_bias": 1.0, "patience": 1000}
BATCHES = 6


def kept(run: Path) -> History:
    found = read_history(run)
    assert found is not None
    return found


def tight_run(root: Path, monkeypatch: Any, inputs: Any, epochs: int, saving: partial[SavedAt]) -> Path:
    """A run of little room, which was gone on with."""
    with monkeypatch.context() as patched:
        patched.setattr(epoch_weights, "HistoryFile", partial(HistoryFile, budget=1500))
        patched.setattr(program, "NewestCheckpoint", saving)
        run = made_run(root, inputs)
        trained(patched, run, inputs)
        trained(patched, run, inputs, epochs=epochs)
    return run


def assert_same(one: Snapshot, other: Snapshot) -> None:
    assert one.epoch == other.epoch
    assert one.is_exact
    assert other.is_exact
    assert list(one.tensors) == list(other.tensors)
    for name, values in one.tensors.items():
        assert values.dtype == other.tensors[name].dtype
        assert values.shape == other.tensors[name].shape
        assert values.tobytes() == other.tensors[name].tobytes()


@pytest.mark.parametrize("model", ["by-hand", "nn-lstm"])
def test_it_equals_what_a_run_of_ample_room_has_kept(model: ModelName, tmp_path: Path, monkeypatch: Any) -> None:
    inputs = small_inputs(model=model, hidden=3, epochs=8, schedule_epochs=14, **EVERYTHING)
    ample = made_run(tmp_path / "ample", inputs)
    trained(monkeypatch, ample, inputs)
    trained(monkeypatch, ample, inputs, epochs=14)
    # One inside the eleventh epoch, whose end is behind it; the best is that of the newest epoch, or near to it.
    saving = partial(SavedAt, ends=(4, 8, 14), steps=(10 * BATCHES + 2,))
    tight = tight_run(tmp_path / "tight", monkeypatch, inputs, 14, saving)
    for best in (tight / CHECKPOINTS).glob("best-*"):
        best.unlink()
    whole, thinned, before = kept(ample), kept(tight), contents(tight)
    starts = {3: 0, 4: 4, 6: 4, 10: 8, 12: 10}
    assert not any(thinned.at(epoch).is_exact for epoch in starts)
    for epoch, start in starts.items():
        assert epoch_start(tight, epoch).done == start
        found, passed = recomputed(monkeypatch, tight, epoch, tmp_path / f"again-{epoch}")
        assert passed == list(range(start + 1, epoch + 1))
        assert list(found) == ([epoch] if epoch == start else [epoch - 1, epoch])
        for each, snapshot in found.items():
            assert_same(snapshot, whole.at(each))
    assert contents(tight) == before


def test_the_best_checkpoint_and_epoch_0_are_starts_too(tmp_path: Path, monkeypatch: Any) -> None:
    run = made_run(tmp_path, inputs := small_inputs(hidden=2, lr=0.1, epochs=8))
    trained(monkeypatch, run, inputs)
    whole = kept(run)
    best = whole.best
    assert best is not None
    assert best < 8
    (run / CHECKPOINTS / "newest-epoch=8.ckpt").unlink()
    found, passed = recomputed(monkeypatch, run, best + 1, tmp_path / "behind")
    assert best + 1 in passed
    assert len(passed) <= 2  # the end of the best one comes again, as it is gone on from its validation
    for each in (best, best + 1):
        assert_same(found[each], whole.at(each))
    found, passed = recomputed(monkeypatch, run, 1, tmp_path / "first")
    assert passed == [1]
    assert_same(found[1], whole.at(1))
    untrained, passed = recomputed(monkeypatch, run, 0, tmp_path / "untrained")
    assert (list(untrained), passed) == ([0], [])
    assert_same(untrained[0], found[0])


def asked(monkeypatch: Any, capsys: Any, *arguments: object) -> tuple[int, str]:
    monkeypatch.setattr(sys, "argv", ["recompute", *map(str, arguments)])
    monkeypatch.setattr(recompute_program.os, "nice", lambda _: 0)
    status = recompute_program.main()
    return status, capsys.readouterr().err


def test_what_cannot_be_done_is_said(tmp_path: Path, monkeypatch: Any, capsys: Any) -> None:
    run, result = made_run(tmp_path, small_inputs()), tmp_path / "result"
    monkeypatch.setenv("LSTM_TUI_CKPT", str(tmp_path / "none.ckpt"))
    status, said = asked(monkeypatch, capsys, run, 3, result, "--done", 3)
    assert status == 1
    assert said.endswith("none.ckpt cannot be read (No such file or directory): expected the run's checkpoint\n")
    monkeypatch.delenv("LSTM_TUI_CKPT")
    status, said = asked(monkeypatch, capsys, run, 0, tmp_path / "none" / "result", "--done", 0)
    assert (status, said) == (
        1,
        f"{tmp_path / 'none'} cannot be written (No such file or directory): expected room there\n",
    )
    monkeypatch.setattr(recompute_program, "train", lambda *_: None)
    status, said = asked(monkeypatch, capsys, run, 3, result, "--done", 0)
    assert (status, result.exists()) == (1, False)
    assert said.startswith("the training did not come to epoch 3")
    (run / INPUTS / PRICES).unlink()
    status, said = asked(monkeypatch, capsys, run, 3, result)
    assert (status, result.exists()) == (1, False)
    assert "cannot be read" in said
