"""What has become of the members, as JSON has it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from lstm_engine.errors import UserError
from lstm_engine.sweep.block import Block
from lstm_engine.sweep.results import read_results
from lstm_engine.sweep.settings import SweepSettings
from lstm_engine.sweep.sweep_folder import write_block, write_settings


def test_blocks_are_put_together(tmp_path: Path) -> None:
    settings = SweepSettings(seeds=(5, 6), lr=(0.1,), epochs=3)
    write_settings(tmp_path, settings)
    with pytest.raises(UserError, match="has not begun, or has lost a block"):
        read_results(tmp_path)
    for first, epoch, weight in ((0, 3, 0.0), (1, 2, np.inf)):
        block = Block.of(np.full((12, 1), weight, np.float32), np.array([0.1]))
        block.epoch, block.loss = epoch, np.array([weight], np.float32)
        write_block(tmp_path, first, first + 1, block, finished=False)
    found = read_results(tmp_path)
    assert (found.epoch, found.weights.shape, found.solved.tolist()) == (2, (12, 2), [False, False])
    assert found.reached.tolist() == [3, 2]
    one, other = found.members
    assert {name: one[name] for name in ("seed", "lr", "init", "train_loss", "solved", "predictions")} == {
        "seed": 5,
        "lr": 0.1,
        "init": "normal",
        "train_loss": 0.0,
        "solved": False,
        "predictions": {"A": 0.0, "B": 0.0},
    }
    assert list(one["parameters"])[:2] == ["wlr1", "wlr2"]
    assert (other["train_loss"], other["parameters"]["wlr1"]) == (None, None)
