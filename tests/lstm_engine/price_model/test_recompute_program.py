"""An epoch that is computed again has the bits that the run's own record of it had."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest

from lstm_engine.forecast.epoch_start import epoch_start
from lstm_engine.lstm.parameters import ModelName
from lstm_engine.price_model import epoch_weights, newest_checkpoint
from lstm_engine.weight_history.history import History, read_history
from lstm_engine.weight_history.history_file import HistoryFile
from tests.support.folder_contents import contents
from tests.support.price_runs import made_run, recomputed, small_inputs, trained

#: With shuffling, which there always is.
EVERYTHING: dict[str, Any] = {"schedule": "cosine", "clip": 0.1, "forget_bias": 1.0, "patience": 1000}


def kept(run: Path) -> History:
    found = read_history(run)
    assert found is not None
    return found


@pytest.mark.parametrize("model", ["by-hand", "nn-lstm"])
def test_it_equals_what_a_run_of_ample_room_has_kept(model: ModelName, tmp_path: Path, monkeypatch: Any) -> None:
    inputs = small_inputs(model=model, hidden=3, epochs=8, schedule_epochs=12, **EVERYTHING)
    ample, tight = (made_run(tmp_path / name, inputs) for name in ("ample", "tight"))
    trained(monkeypatch, ample, inputs)
    trained(monkeypatch, ample, inputs, epochs=12)
    monkeypatch.setattr(epoch_weights, "HistoryFile", partial(HistoryFile, budget=1500))
    trained(monkeypatch, tight, inputs)
    monkeypatch.setattr(newest_checkpoint, "_EVERY", 0.0)
    trained(monkeypatch, tight, inputs, epochs=12)
    whole, thinned, before = kept(ample), kept(tight), contents(tight)
    lost = [epoch for epoch in range(1, 12) if not thinned.at(epoch).is_exact]
    assert len(lost) > 5
    for epoch in (lost[0], lost[-1]):
        found, passed = recomputed(monkeypatch, tight, epoch, tmp_path / f"again-{epoch}")
        assert passed == list(range(epoch_start(tight, epoch).done + 1, epoch + 1))
        assert list(found)[-1] == epoch
        for each, snapshot in found.items():
            if each:
                assert snapshot.tensors.keys() == whole.at(each).tensors.keys()
                for name, values in whole.at(each).tensors.items():
                    assert snapshot.tensors[name].shape == values.shape
                    assert snapshot.tensors[name].tobytes() == values.tobytes()
    assert contents(tight) == before
