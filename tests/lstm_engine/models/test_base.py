"""What both models have in common: a history row, and what is computed ahead."""

import math

import pytest

from lstm_engine.models.base import ForwardCache, row_of, tensors
from lstm_engine.models.build import build
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns


@pytest.mark.parametrize("model", ["by-hand", "nn-lstm"])
def test_a_row_is_the_loss_the_predictions_and_the_parameters(model: str) -> None:
    config = RunConfig(model=model)
    built = build(config)
    row = row_of(built, 0.25)
    assert row == [0.25, *built.predictions(), *built.values()]
    assert len(row) == Columns.of(config).width


@pytest.mark.parametrize("model", ["by-hand", "nn-lstm"])
def test_a_loss_too_large_for_a_row_is_infinite(model: str) -> None:
    built = build(RunConfig(model=model))
    for squares, loss in ((6e38, 3e38), (8e38, math.inf), (math.nan, math.nan)):
        built._squared_residuals = squares
        assert built.take_loss() == pytest.approx(loss, rel=0, nan_ok=True)


def test_inputs_and_targets_keep_the_order_of_the_table() -> None:
    days, targets = tensors(RunConfig().data)
    assert days.tolist() == [list(row) for row in RunConfig().data.days]
    assert targets.tolist() == [0.0, 1.0]


def test_what_was_computed_is_computed_again_where_the_weights_are_others() -> None:
    cache, computed = ForwardCache[int](), []

    def compute() -> int:
        computed.append(True)
        return len(computed)

    assert [cache.at(weights, compute) for weights in (b"a", b"a", b"b", b"a", b"a")] == [1, 1, 2, 3, 3]
    cache.clear()
    assert cache.at(b"a", compute) == 4
