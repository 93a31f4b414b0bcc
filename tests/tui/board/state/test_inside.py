"""What is asked again and again is worked out once."""

from __future__ import annotations

from pathlib import Path

from lstm_engine.weight_history.history import WEIGHT_HISTORY, Snapshot, read_history
from tests.support.weight_histories import SMALL, values_at, written
from tui.board.state.inside import Inside


def test_an_epoch_or_the_newest(tmp_path: Path) -> None:
    written(tmp_path, (1, 2, 5))
    inside = Inside(tmp_path, read_history(tmp_path))
    found = {epoch: inside.snapshot(epoch) for epoch in (None, 1, 3, 0)}
    assert [each and (each.epoch, each.is_exact) for each in found.values()] == [
        *((5, True), (1, True), (2, False), (1, False))
    ]
    assert inside.snapshot(0) is found[0]
    assert inside.figures(2).keys() == {"w", "b"}


def test_an_epoch_that_was_computed_again_is_exact(tmp_path: Path) -> None:
    written(tmp_path, (1, 2, 5)).close()
    inside = Inside(tmp_path, read_history(tmp_path))
    inside.snapshot(4)
    values = {epoch: SMALL.split(values_at(epoch)) for epoch in (3, 4)}
    exact = inside.with_exact({epoch: Snapshot(epoch, True, each) for epoch, each in values.items()})
    assert (exact.directory, exact.history) == (inside.directory, inside.history)
    found = exact.snapshot(4)
    assert found is not None
    assert (found.epoch, found.is_exact) == (4, True)
    assert exact.figures(4)["w"].change is not None
    assert exact.figures(3)["w"].change is not None  # the second is kept in all its bits
    assert exact.snapshot(None) is not found


def test_without_a_history_or_with_one_that_is_damaged_there_is_none(tmp_path: Path) -> None:
    assert Inside(tmp_path).snapshot(None) is None
    assert Inside(tmp_path).figures(3) == {}
    written(tmp_path, (1, 2))
    path = tmp_path / WEIGHT_HISTORY
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    inside = Inside(tmp_path, read_history(tmp_path))
    assert inside.snapshot(None) is None
    assert inside.snapshot(1) is not None
