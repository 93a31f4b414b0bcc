from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from lstm_engine.errors import UserError
from lstm_engine.forecast.weights import WEIGHTS, Weights, read_weights, write_weights
from lstm_engine.store.arrays import write_arrays

TENSORS = {"lstm.weight_hh_l0": np.arange(8, dtype=np.float32).reshape(4, 2), "head.bias": np.ones(1, np.float32)}


def test_what_was_written_last_is_read(tmp_path: Path) -> None:
    assert read_weights(tmp_path) is None
    for epoch in (1, 7):
        write_weights(tmp_path, Weights(epoch, TENSORS))
    found = read_weights(tmp_path)
    assert found is not None
    assert (found.epoch, found.tensors.keys()) == (7, TENSORS.keys())
    np.testing.assert_array_equal(found.tensors["lstm.weight_hh_l0"], TENSORS["lstm.weight_hh_l0"])


def test_what_is_damaged_is_said(tmp_path: Path) -> None:
    (tmp_path / WEIGHTS).write_bytes(b"PK")
    with pytest.raises(UserError, match="is damaged"):
        read_weights(tmp_path)
    write_arrays(tmp_path / WEIGHTS, a=np.ones(3, np.float32))
    with pytest.raises(UserError, match="is damaged"):
        read_weights(tmp_path)
    write_arrays(tmp_path / WEIGHTS, epoch=np.array(1), a=np.ones((2, 2, 2), np.float32))
    with pytest.raises(UserError, match="is no vector and no matrix"):
        read_weights(tmp_path)
    (tmp_path / WEIGHTS).unlink()
    (tmp_path / WEIGHTS).mkdir()
    with pytest.raises(UserError, match="cannot be read"):
        read_weights(tmp_path)
