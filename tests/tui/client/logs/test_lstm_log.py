"""A run of the LSTM, as any other training's log."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from lstm_engine.errors import UserError
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns
from lstm_engine.store.database import Store
from tests.support.logs import heard
from tests.support.run_folders import make_run
from tui.client.logs.lstm_log import LstmLog

COLUMNS = Columns.of(RunConfig())
ROWS = np.arange(9 * COLUMNS.width, dtype=np.float32).reshape(9, -1)


def test_each_epoch_once_as_the_run_grows(tmp_path: Path) -> None:
    run = make_run(tmp_path, "calm-lake", 4, rows=ROWS[:5])
    log = LstmLog("runs/calm-lake", run)
    found = heard(log.new())
    assert found.hyperparameters["seed"] == 42
    assert found.texts["title"] == "the LSTM, by-hand"
    assert list(log.new()) == []
    store = Store.open(run, COLUMNS)
    store.add(5, ROWS[5:], None, ())
    store.close()
    heard(log.new(), found)
    assert found.points["train_loss"] == [(2 * epoch, ROWS[epoch, 0]) for epoch in range(1, 9)]
    assert found.points["out_1"] == [(2 * epoch, ROWS[epoch, 2]) for epoch in range(9)]
    assert found.points["epoch"] == [(2 * epoch, epoch) for epoch in range(9)]
    assert len(found.points) == COLUMNS.width + 1


def test_a_damaged_run_is_told(tmp_path: Path) -> None:
    run = make_run(tmp_path, "calm-lake")
    (run / "run.json").write_text("{")
    with pytest.raises(UserError, match="damaged"):
        list(LstmLog("x", run).new())
