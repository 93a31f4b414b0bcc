"""The names of a run's metrics: the walk-through's where they fit, the companies' where not."""

from __future__ import annotations

from lstm_engine.data.companies import Companies
from lstm_engine.formats.metric_names import hyperparameters_of, metric_names, steps_per_epoch
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns


def of(*targets: float, batch_size: int = 1) -> RunConfig:
    names = tuple("ABCDE"[: len(targets)])
    return RunConfig(batch_size=batch_size, data=Companies("t", names, tuple((0.5,) for _ in names), targets))


def test_one_name_a_column() -> None:
    for config in (RunConfig(), RunConfig(model="nn-lstm"), of(0, 0.5, 1)):
        names = metric_names(config)
        assert len(set(names)) == Columns.of(config).width


def test_the_predictions() -> None:
    assert metric_names(RunConfig())[:4] == ("train_loss", "out_0", "out_1", "parameters/wlr1")
    assert metric_names(of(1, 0))[:3] == ("train_loss", "out_1", "out_0")
    assert metric_names(of(0, 0))[1:3] == ("prediction/A", "prediction/B")
    assert metric_names(of(0, 1, 1))[1:4] == ("prediction/A", "prediction/B", "prediction/C")


def test_optimiser_steps() -> None:
    assert [steps_per_epoch(of(0, 1, 0, 1, 0, batch_size=size)) for size in (1, 2, 3, 5)] == [5, 3, 2, 1]


def test_the_settings() -> None:
    assert hyperparameters_of(RunConfig(seed=7, lr=0.1)) == {
        "model": "by-hand", "seed": 7, "lr": 0.1, "init": "normal", "batch_size": 1, "data": "walk-through",
    }  # fmt: skip
