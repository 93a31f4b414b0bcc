"""Whether a table holds what the unit cannot reach, or 32-bit numbers cannot hold."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest

from lstm_engine.data.companies import WALK_THROUGH, Companies
from lstm_engine.listing.entries import entries
from lstm_engine.protocol.messages import (
    EngineReady,
    Epochs,
    Failed,
    NewRun,
    Notice,
    Quit,
    Reseed,
    RunFinished,
    RunOpened,
    Train,
)
from lstm_engine.run.config import RunConfig
from lstm_engine.service.out_of_range import divergence, out_of_range
from tests.support.in_process import only, play


def table(*targets: float) -> Companies:
    names = tuple("ABCDEF"[: len(targets)])
    return Companies(source="prices.csv", names=names, days=((0.5, 1.0),) * len(targets), targets=targets)


@pytest.mark.parametrize("data", [WALK_THROUGH, table(-1.0, 1.0), table(0.5)])
def test_what_can_be_reached_is_not_warned_of(data: Companies) -> None:
    assert out_of_range(data) == ""


def test_prices_that_are_not_scaled_are_warned_of_with_the_farthest() -> None:
    assert out_of_range(table(130.0, 0.5, -140.0)) == (
        "2 of 3 values to predict are outside -1 to 1, as -140 of C: this unit cannot reach such values, scale the "
        "data first"
    )
    assert out_of_range(table(1.5)).startswith("the value to predict is outside -1 to 1, as 1.5 of A")


def test_the_warning_comes_once_for_a_table(tmp_path: Path) -> None:
    config = RunConfig(data=table(130.0))
    seven = lambda event: isinstance(event, RunOpened) and event.config.seed == 7  # noqa: E731
    events = play(tmp_path, [(EngineReady, NewRun(config=config)), (Notice, Reseed(seed=7)), (seven, Quit())])
    assert [event.text for event in only(events, Notice)] == [out_of_range(config.data)]


@pytest.mark.filterwarnings("error::RuntimeWarning")  # NumPy's, of a cast that overflows
@pytest.mark.parametrize("model", ["by-hand", "nn-lstm"])
def test_a_squared_error_that_overflows_fails_with_the_cause(
    tmp_path: Path, model: Literal["by-hand", "nn-lstm"]
) -> None:
    config = RunConfig(model=model, data=table(3e19, 1.0))
    events = play(
        tmp_path, [(EngineReady, NewRun(config=config)), (Epochs, Train(epochs=20)), (Failed, Quit())], save_every=1e9
    )
    (failed,) = only(events, Failed)
    assert failed.cause == "the squared error is too large for 32-bit numbers: scale the values to predict first"
    assert not only(events, RunFinished)
    (run,) = entries(tmp_path)
    assert (run.state, run.epoch) == ("failed", 0)


def test_a_loss_that_diverges_otherwise_is_the_learning_rates() -> None:
    assert "learning rate" in divergence(WALK_THROUGH)
