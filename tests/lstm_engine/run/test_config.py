"""The settings of a run: what may not be is told in one sentence, with what was expected."""

from __future__ import annotations

import math

import msgspec
import pytest

from lstm_engine.data.companies import WALK_THROUGH
from lstm_engine.errors import UserError
from lstm_engine.run.config import LARGEST_EPOCHS, LARGEST_SEED, RunConfig, check_epochs, validated


@pytest.mark.parametrize(
    "config",
    [
        RunConfig(),
        RunConfig(seed=0),
        RunConfig(seed=LARGEST_SEED),
        RunConfig(lr=5e-324),
        RunConfig(model="nn-lstm", init="uniform"),
        RunConfig(batch_size=2),
    ],
)
def test_what_may_be_comes_back_as_it_is(config: RunConfig) -> None:
    assert validated(config) is config


SEED = "expected a whole number, 0 to 4294967295"
RATE = "expected a number above 0, such as 0.001 or 0.1"


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"seed": -1}, f"seed is -1: {SEED}"),
        ({"seed": 2**32}, f"seed is 4294967296: {SEED}"),
        ({"lr": 0.0}, f"learning rate is 0.0: {RATE}"),
        ({"lr": -0.1}, f"learning rate is -0.1: {RATE}"),
        ({"lr": math.nan}, f"learning rate is nan: {RATE}"),
        ({"lr": math.inf}, f"learning rate is inf: {RATE}"),
        ({"model": "gru"}, "model is 'gru': expected by-hand or nn-lstm"),
        ({"init": "zeros"}, "init is 'zeros': expected normal or uniform"),
        ({"batch_size": 0}, "batch size is 0: expected a whole number, 1 or more"),
        ({"batch_size": 3}, "batch size is 3: expected at most 2, one per company"),
        (
            {"data": msgspec.structs.replace(WALK_THROUGH, names=("A", "A"))},
            "company 2: a second company 'A': expected every name once",
        ),
    ],
)
def test_what_may_not_be_is_told_in_a_sentence(settings: dict[str, object], sentence: str) -> None:
    with pytest.raises(UserError) as refused:
        validated(msgspec.structs.replace(RunConfig(), **settings))
    assert str(refused.value) == sentence


@pytest.mark.parametrize("epochs", [1, LARGEST_EPOCHS])
def test_so_many_epochs_can_be_trained(epochs: int) -> None:
    assert check_epochs(epochs) == epochs


@pytest.mark.parametrize("epochs", [0, -1, LARGEST_EPOCHS + 1])
def test_so_many_epochs_cannot(epochs: int) -> None:
    with pytest.raises(UserError) as refused:
        check_epochs(epochs)
    assert str(refused.value) == f"epochs is {epochs}: expected a whole number, 1 to 100,000,000"
