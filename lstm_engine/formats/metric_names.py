"""What a run's columns are called among the metrics of any training, and at which steps their values are."""

from __future__ import annotations

from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns

#: The metric that counts epochs, as Lightning's loggers call it.
EPOCH = "epoch"


def metric_names(config: RunConfig) -> tuple[str, ...]:
    """A name for each column of the run's history, in their order.

    The prediction is `out_0` where the target is 0 and `out_1` where it is 1, if these are the two targets; else
    `prediction/` and the company.
    """
    columns, data = Columns.of(config), config.data
    if sorted(data.targets) == [0.0, 1.0]:
        predictions = [f"out_{target:.0f}" for target in data.targets]
    else:
        predictions = [f"prediction/{company}" for company in data.names]
    return tuple(columns.row("train_loss", predictions, (f"parameters/{name}" for name in columns.parameters)))


def steps_per_epoch(config: RunConfig) -> int:
    """Optimiser steps an epoch makes."""
    return -(-len(config.data.names) // config.batch_size)


def hyperparameters_of(config: RunConfig) -> dict[str, bool | int | float | str | None]:
    """What the run was set to."""
    return {
        "model": config.model,
        "seed": config.seed,
        "lr": config.lr,
        "init": config.init,
        "batch_size": config.batch_size,
        "data": config.data.source,
    }
