"""A member as a run: its name, and whether its bits are those of the sweep."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from lstm_engine.errors import UserError
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns, History
from lstm_engine.store.directory import check_name, create_run
from lstm_engine.sweep.settings import Member
from tests.support.sweeps import results_of
from tui.sweep.members.member_run import MemberRun, agreement, differing, run_name

WEIGHTS = np.linspace(-1, 1, 12, dtype=np.float32)


def run() -> MemberRun:
    return MemberRun.of("luck", results_of(), 107)


def history(weights: np.ndarray, epochs: int = 1200) -> History:
    columns = Columns.of(run().config)
    rows = np.zeros((epochs + 1, columns.width), np.float32)
    rows[epochs, columns.parameter_columns] = weights
    return History.from_rows(columns, rows)


@pytest.mark.parametrize(
    ("member", "name"),
    [
        (Member(7, 0.001, "normal"), "luck-normal-0.001-seed7"),
        (Member(7, 1e-05, "uniform"), "luck-uniform-1e-05-seed7"),
        (Member(7, 1e16, "uniform"), "luck-uniform-1e16-seed7"),
    ],
)
def test_the_name_says_which_it_is(member: Member, name: str) -> None:
    assert run_name("luck", member) == name
    check_name(name)


def test_a_member_of_a_sweep() -> None:
    found = run()
    assert (found.name, found.epoch, found.words) == ("luck-normal-0.1-seed7", 1200, "seed 7, normal, lr 0.1")
    assert found.config == RunConfig(seed=7, lr=0.1)
    results = replace(results_of(), reached=np.zeros(400, np.int64))
    with pytest.raises(UserError, match=r"seed 7, normal, lr .* is at epoch 0"):
        MemberRun.of("luck", results, 107)


def test_the_same_bits() -> None:
    found = run()
    assert found.is_same(history(found.weights))
    assert found.compared(history(found.weights)) == (
        "seed 7, normal, lr 0.1: same bits as in the sweep luck at epoch 1,200"
    )


def test_how_many_differ_and_by_how_much() -> None:
    found = replace(run(), weights=WEIGHTS)
    other = WEIGHTS.copy()
    other[3] = np.nextafter(other[3], np.float32(9))
    other[8] += np.float32(0.25)
    assert not found.is_same(history(other))
    assert "2 of 12 parameters differ, by at most 2.5e-01" in found.compared(history(other))
    assert "those in the sweep luck at epoch 1,200" in found.compared(history(other))


def test_what_is_not_finite_is_the_same_in_both() -> None:
    one, other = WEIGHTS.copy(), WEIGHTS.copy()
    one[0], other[0] = np.inf, np.nan
    assert not differing(one, other).any()
    other[1] = np.nan
    assert differing(one, other).tolist() == [False, True, *[False] * 10]
    assert "by at most inf" in agreement(one, other)


def test_what_is_on_disk_under_its_name(tmp_path: Path) -> None:
    found = run()
    assert found.found(tmp_path) is None
    create_run(tmp_path, found.config, name=found.name)
    there = found.found(tmp_path)
    assert there is not None
    assert there.last_epoch < found.epoch
    with pytest.raises(UserError, match="is there, and not this member's: rename or remove it first"):
        replace(found, config=RunConfig(seed=8)).found(tmp_path)
    (tmp_path / "luck").mkdir()
    with pytest.raises(UserError, match="not this member's"):
        replace(found, name="luck").found(tmp_path)
    with pytest.raises(UserError, match="can be no run"):
        replace(found, name="x" * 300).found(tmp_path)
