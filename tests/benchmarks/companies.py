"""Many companies: the whole table as one batch against one company at a time, both models."""

from __future__ import annotations

from pathlib import Path
from statistics import median

import numpy as np

from lstm_engine.data.companies import Companies
from lstm_engine.lstm.parameters import ModelName
from lstm_engine.protocol.messages import NewRun, Train
from lstm_engine.run.config import RunConfig
from tests.benchmarks.effort import Effort
from tests.benchmarks.engine import Engine
from tests.benchmarks.samples import spread
from tests.benchmarks.table import Result, result

_MODELS: tuple[ModelName, ...] = ("by-hand", "nn-lstm")


def crowd(companies: int, days: int) -> Companies:
    """Random walks."""
    steps = np.random.default_rng(companies).normal(scale=0.1, size=(companies, days + 1))
    prices = 0.5 + steps.cumsum(axis=1)
    return Companies(
        source="crowd.csv",
        names=tuple(f"company {number}" for number in range(companies)),
        days=tuple(tuple(row) for row in prices[:, :-1].tolist()),
        targets=tuple(prices[:, -1].tolist()),
    )


def many_companies(effort: Effort, folder: Path) -> list[Result]:
    data = crowd(effort.companies, effort.days)
    single: dict[ModelName, list[float]] = {model: [] for model in _MODELS}
    full: dict[ModelName, list[float]] = {model: [] for model in _MODELS}
    with Engine(folder / "checkpoints") as engine:
        for _ in range(effort.crowd_rounds):
            for model in _MODELS:
                for speeds, size, epochs in zip(
                    (single, full), (1, effort.companies), effort.crowd_epochs, strict=True
                ):
                    config = RunConfig(model=model, data=data, batch_size=size)
                    finished, _heard = engine.trained(NewRun(config=config), Train(epochs=epochs))
                    speeds[model].append(epochs / finished.seconds)
    ratios = {model: [many / one for many, one in zip(full[model], single[model], strict=True)] for model in _MODELS}
    table = "; ".join(f"{model} {median(full[model]):.0f} and {median(single[model]):.2f}" for model in _MODELS)
    return [
        result(
            "many companies",
            f"{effort.companies} companies × {effort.days} days, epochs/s in the engine with --batch-size "
            f"{effort.companies} over 1, {effort.crowd_rounds} rounds in turn, seconds in fit; epochs/s: {table}",
            ", ".join(f"{model} {spread(ratios[model], '.0f')}×" for model in _MODELS),
            "≥ 50×",
            met=all(median(of_model) >= 50 for of_model in ratios.values()),
            by_hand=ratios["by-hand"],
            nn_lstm=ratios["nn-lstm"],
            by_hand_full=full["by-hand"],
            nn_lstm_full=full["nn-lstm"],
        )
    ]
