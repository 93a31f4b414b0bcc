"""A history is read wherever it was torn."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from lstm_engine.errors import UserError
from lstm_engine.weight_history.history import WEIGHT_HISTORY, History, read_history
from tests.support.weight_histories import SMALL, values_at, written


def read(run: Path) -> History:
    found = read_history(run)
    assert found is not None
    return found


def test_all_that_was_written_is_there_in_its_bits(tmp_path: Path) -> None:
    assert read_history(tmp_path) is None
    written(tmp_path, range(1, 6))
    found = read(tmp_path)
    assert found.epochs.tolist() == [1, 2, 3, 4, 5]
    assert found.is_full.all()
    assert found.best == 3
    snapshot = found.at(4)
    assert (snapshot.epoch, snapshot.is_exact) == (4, True)
    np.testing.assert_array_equal(np.concatenate([each.ravel() for each in snapshot.tensors.values()]), values_at(4))


def test_what_is_torn_off_at_any_byte_is_left_out(tmp_path: Path) -> None:
    written(tmp_path, range(1, 4))
    path = tmp_path / WEIGHT_HISTORY
    whole, head, record = path.read_bytes(), len(SMALL.header(0)), SMALL.record(is_full=True).itemsize
    for length in range(head, len(whole) + 1):
        path.write_bytes(whole[:length])
        assert read(tmp_path).epochs.tolist() == list(range(1, (length - head) // record + 1))
    path.write_bytes(whole + bytes(3 * record))  # as after a power loss
    assert read(tmp_path).epochs.tolist() == [1, 2, 3]


def test_the_nearest_that_is_kept_stands_for_the_one_that_is_not(tmp_path: Path) -> None:
    written(tmp_path, (2, 6, 7))
    found = read(tmp_path)
    assert [found.nearest(epoch) for epoch in (0, 2, 3, 4, 5, 7, 99)] == [2, 2, 2, 2, 6, 7, 7]
    assert [found.before(epoch) for epoch in (2, 6, 7, 99)] == [None, 2, 6, 7]
    assert [found.at(epoch).is_exact for epoch in (4, 6)] == [False, True]


def test_an_epoch_whose_bytes_are_others_is_said(tmp_path: Path) -> None:
    written(tmp_path, range(1, 4))
    path = tmp_path / WEIGHT_HISTORY
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    found = read(tmp_path)
    found.at(2)
    with pytest.raises(UserError, match="the parameters of epoch 3 are damaged"):
        found.at(3)


@pytest.mark.parametrize("data", [b"", b"PK", SMALL.header(5)])
def test_what_is_damaged_is_said(data: bytes, tmp_path: Path) -> None:
    (tmp_path / WEIGHT_HISTORY).write_bytes(data)
    with pytest.raises(UserError, match="is damaged"):
        read_history(tmp_path)


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / WEIGHT_HISTORY).mkdir()
    with pytest.raises(UserError, match="cannot be read"):
        read_history(tmp_path)
