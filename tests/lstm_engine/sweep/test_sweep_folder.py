"""A sweep's files come back; what is damaged is said."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from lstm_engine.data.companies import WALK_THROUGH
from lstm_engine.errors import UserError
from lstm_engine.sweep.block import Block, Training
from lstm_engine.sweep.settings import SweepSettings
from lstm_engine.sweep.sweep_folder import (
    RECORD,
    blocks_of,
    bounds,
    every,
    find_sweep,
    is_whole,
    read_block,
    read_settings,
    write_block,
    write_settings,
)

SETTINGS = SweepSettings(seeds=tuple(range(7)), lr=(0.001, 1 / 3), epochs=300)


def trained() -> Block:
    block = Block.of(np.random.default_rng(0).normal(size=(12, 7)).astype(np.float32), np.full(7, 1 / 3))
    Training(WALK_THROUGH, 7).train(block, 5, 2)
    return block


def test_settings_come_back(tmp_path: Path) -> None:
    assert find_sweep(tmp_path.parent, tmp_path.name) is None
    write_settings(tmp_path, SETTINGS)
    assert read_settings(tmp_path) == SETTINGS
    assert find_sweep(tmp_path.parent, tmp_path.name) == tmp_path.resolve()
    (tmp_path / RECORD).write_text('{"seeds": [1], "epochs": 0}')
    with pytest.raises(UserError, match="epochs is 0"):
        read_settings(tmp_path)
    (tmp_path / RECORD).write_text("{")
    with pytest.raises(UserError, match="is damaged"):
        read_settings(tmp_path)
    (tmp_path / RECORD).unlink()
    with pytest.raises(UserError, match="cannot be read"):
        read_settings(tmp_path)


@pytest.mark.parametrize("finished", [False, True])
def test_a_block_comes_back(finished: bool, tmp_path: Path) -> None:
    block = trained()
    write_block(tmp_path, 7, 14, block, finished=finished)
    assert blocks_of(tmp_path) == [(7, 14)]
    found = read_block(tmp_path, 7, 14)
    for name in ("weights", "lr", "losses", "loss"):
        assert getattr(found, name).tobytes() == getattr(block, name).tobytes()
    assert (found.epoch, bool(found.m.any())) == (5, not finished)


@pytest.mark.parametrize("cut", [0, 10, -1])
def test_half_a_block_is_said(cut: int, tmp_path: Path) -> None:
    write_block(tmp_path, 0, 7, trained(), finished=False)
    path = tmp_path / "block-0-7.npz"
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(UserError, match="is damaged"):
        read_block(tmp_path, 0, 7)
    with pytest.raises(UserError, match="cannot be read"):
        read_block(tmp_path, 0, 8)
    path.rename(tmp_path / "block-0-8.npz")
    with pytest.raises(UserError, match="is damaged"):
        read_block(tmp_path, 0, 8)


def test_every_member_is_in_a_block() -> None:
    for seeds, workers in ((1, 8), (7, 2), (999, 1), (1001, 1), (2500, 4)):
        settings = SweepSettings(seeds=tuple(range(seeds)))
        found = bounds(settings, workers)
        assert is_whole(settings, found)
        assert max(last - first for first, last in found) <= 1000
        assert len(found) >= min(workers, seeds)
    assert not is_whole(SETTINGS, [])
    assert not is_whole(SETTINGS, [(0, 7)])
    assert not is_whole(SETTINGS, [(0, 7), (8, 14)])


def test_about_a_hundred_losses_are_recorded() -> None:
    assert [every(SweepSettings(seeds=(1,), epochs=epochs)) for epochs in (1, 99, 100, 5000)] == [1, 1, 1, 50]
