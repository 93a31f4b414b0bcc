"""What is written stays within its budget, and goes on where a training does."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from lstm_engine.weight_history.history import WEIGHT_HISTORY, read_history
from lstm_engine.weight_history.history_file import HistoryFile, branch_history
from lstm_engine.weight_history.layout import Layout
from tests.support.weight_histories import SMALL, values_at, written

FULL = SMALL.record(is_full=True).itemsize
#: Room for twenty full records and a header.
TIGHT = 20 * FULL + len(SMALL.header(0))


def kept(run: Path) -> list[int]:
    found = read_history(run)
    assert found is not None
    return found.epochs.tolist()


def test_it_stays_within_its_budget_with_first_best_and_last_in_full(tmp_path: Path) -> None:
    file = written(tmp_path, (), budget=TIGHT)
    for epoch in range(1, 400):
        file.add(epoch, 0.5 if epoch == 37 else 1.0, values_at(epoch))
        assert (tmp_path / WEIGHT_HISTORY).stat().st_size <= TIGHT
        found = read_history(tmp_path)
        assert found is not None
        assert found.epochs[-1] == epoch
    assert found.best == 37
    for each in (1, 37, 399):
        snapshot = found.at(each)
        assert (snapshot.epoch, snapshot.is_exact) == (each, True)
        np.testing.assert_array_equal(snapshot.tensors["b"], values_at(each)[-1:])
    rounded = next(epoch for epoch, is_full in zip(found.epochs, found.is_full, strict=True) if not is_full)
    snapshot = found.at(int(rounded))
    assert (snapshot.epoch, snapshot.is_exact) == (rounded, False)
    np.testing.assert_allclose(snapshot.tensors["b"], values_at(int(rounded))[-1:], rtol=2**-11)


def test_what_is_too_great_for_16_bits_is_no_infinity(tmp_path: Path) -> None:
    file = HistoryFile(tmp_path, SMALL, TIGHT)
    file.begin(0)
    for epoch in range(1, 25):
        file.add(epoch, 1.0, np.full(9, -1e30, np.float32))
    found = read_history(tmp_path)
    assert found is not None
    assert not found.is_full.all()
    assert np.isfinite(found.halves["values"]).all()


@pytest.mark.parametrize("budget", [TIGHT, 10**6])
def test_going_on_from_an_epoch_leaves_no_gap_and_nothing_twice(budget: int, tmp_path: Path) -> None:
    written(tmp_path, range(1, 31), budget=budget).close()
    before = kept(tmp_path)
    file = HistoryFile(tmp_path, SMALL, budget)
    file.begin(21)
    assert kept(tmp_path) == [epoch for epoch in before if epoch <= 21]
    for epoch in range(20, 24):
        file.add(epoch, 1.0, values_at(epoch))
    assert kept(tmp_path) == [*(epoch for epoch in before if epoch <= 21), 22, 23]


def test_a_record_that_was_torn_is_in_nobody_s_way(tmp_path: Path) -> None:
    written(tmp_path, range(1, 4)).close()
    path = tmp_path / WEIGHT_HISTORY
    path.write_bytes(path.read_bytes()[:-5])
    file = HistoryFile(tmp_path, SMALL)
    file.begin(2)
    file.add(3, 1.0, values_at(3))
    found = read_history(tmp_path)
    assert found is not None
    np.testing.assert_array_equal(found.at(3).tensors["b"], values_at(3)[-1:])


def test_what_one_that_was_killed_left_is_removed(tmp_path: Path) -> None:
    (tmp_path / f".{WEIGHT_HISTORY}.0123abcd.part").write_bytes(b"x")
    written(tmp_path, range(1, 4))
    assert [path.name for path in tmp_path.iterdir()] == [WEIGHT_HISTORY]


def test_a_branch_has_its_past(tmp_path: Path) -> None:
    run, branch, other = (tmp_path / name for name in ("run", "branch", "other"))
    for folder in (run, branch, other):
        folder.mkdir()
    written(run, range(1, 10))
    branch_history(run, branch, 6)
    assert kept(branch) == [1, 2, 3, 4, 5, 6]
    assert kept(run) == list(range(1, 10))
    branch_history(other, branch, 3)
    assert kept(branch) == [1, 2, 3, 4, 5, 6]


def test_one_of_another_model_or_a_damaged_one_is_begun_anew(tmp_path: Path) -> None:
    written(tmp_path, range(1, 4)).close()
    HistoryFile(tmp_path, Layout((("w", (2,)),))).begin(3)
    assert kept(tmp_path) == []
    (tmp_path / WEIGHT_HISTORY).write_bytes(b"x")
    HistoryFile(tmp_path, SMALL).begin(3)
    assert kept(tmp_path) == []


def test_where_two_epochs_are_beyond_the_budget_the_newest_is_there(tmp_path: Path) -> None:
    written(tmp_path, range(1, 4), budget=FULL - 1)
    assert kept(tmp_path) == [3]
