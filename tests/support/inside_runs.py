"""Runs of a model of prices with a history of its parameters, as their training leaves them, without one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from lstm_engine.script.vocabulary.events import Event
from lstm_engine.script.vocabulary.fit_events import EpochEnded, EpochStarted, FitOpened, FitStarted
from lstm_engine.script.vocabulary.log_events import Described
from lstm_engine.script.vocabulary.module_events import Layers, Tensor
from lstm_engine.weight_history.layout import Values
from tests.support.untrained_price_runs import price_run, table_of
from tests.support.weight_histories import put_tensors
from tui.state.told import PriceFiles

UNITS, BATCHES = 8, 4
SHAPES: dict[str, tuple[int, ...]] = {
    "lstm.weight_ih_l0": (4 * UNITS, 1),
    "lstm.weight_hh_l0": (4 * UNITS, UNITS),
    "lstm.bias_ih_l0": (4 * UNITS,),
    "head.weight": (1, UNITS),
    "head.bias": (1,),
}


def tensors(epoch: int) -> dict[str, Values]:
    """Parameters that grow with the epochs."""
    random = np.random.default_rng(3)
    return {
        name: (random.normal(0, 0.6, shape) * (0.5 + epoch / 20)).astype(np.float32) for name, shape in SHAPES.items()
    }


def inside_run(directory: Path, epochs: Sequence[int], tickers: int = 3) -> PriceFiles:
    """A run in `directory`, which is made, with the parameters at these epochs."""
    files = price_run(directory, table_of(100, tickers))
    put_tensors(directory, {epoch: tensors(epoch) for epoch in epochs})
    return files


def told_of(epochs: int) -> list[Event]:
    """What the training of such a run has told after so many epochs."""
    events: list[Event] = [
        Described(texts={"title": "prices.csv"}),
        FitOpened(
            fit=0,
            stage="fit",
            trainer="lightning",
            version="2.6.6",
            torch="2.13.0",
            model="Forecaster",
            pid=1,
            gates=True,
            tensors=tuple(Tensor(name=name, shape=shape, count=int(np.prod(shape))) for name, shape in SHAPES.items()),
        ),
        FitStarted(epoch=0, step=0, max_epochs=100, batches=BATCHES),
    ]
    for epoch in range(epochs):
        step = (epoch + 1) * BATCHES
        loss = {"train_loss": 1 / (epoch + 1), "val_loss": 1.2 / (epoch + 1)}
        events += [
            EpochStarted(epoch=epoch, step=epoch * BATCHES, batches=BATCHES),
            EpochEnded(epoch=epoch, step=step, metrics=loss),
        ]
    return [*events, Layers(step=epochs * BATCHES, norm=(3.0,) * 5, gradient=(0.5, 0.3, 0.2, 0.1, 0.05))]
