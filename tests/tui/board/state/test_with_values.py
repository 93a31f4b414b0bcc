"""One more value of some metrics."""

from __future__ import annotations

from tui.board.state.series import Series
from tui.board.state.with_values import with_values


def test_a_step_has_one_value_the_last_that_was_told() -> None:
    metrics = {"a": Series().extended([1], [1.0]), "b": Series().extended([1, 2], [1.0, 2.0])}
    after = with_values(metrics, 2, {"a": 3.0, "b": 4.0, "c": None})
    assert after["a"].values.tolist() == [1.0, 3.0]
    assert after["b"].values.tolist() == [1.0, 4.0]
    assert len(after["c"]) == 1
    assert len(metrics["a"]) == 1


def test_what_is_older_than_the_newest_or_told_elsewhere_is_left_out() -> None:
    metrics = {"a": Series().extended([5], [1.0])}
    assert with_values(metrics, 4, {"a": 2.0, "b": 1.0}, but=("b",)) == metrics
