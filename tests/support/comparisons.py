"""Runs to compare: in directories, and as read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from lstm_engine.data.companies import Companies
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns, Rows
from lstm_engine.run.records import Parent
from lstm_engine.store.database import Store
from lstm_engine.store.directory import RunState, Summary, read_history, read_record, write_summary
from lstm_engine.store.holding.lock import RunLock
from tests.support.run_folders import before, make_run
from tui.runs.comparison import ComparedRun

NAMES = tuple(f"run-{number}" for number in range(8))
THREE = Companies("three.csv", ("B", "C", "D"), ((0.0, 1.0),) * 3, (1.0, 0.5, 0.25))
OTHERS = Companies("others.csv", ("X", "Y"), ((0.0, 1.0),) * 2, (1.0, 0.5))


def rows_with(config: RunConfig, loss: Iterable[float], predictions: Iterable[float]) -> Rows:
    """An epoch for every loss, all with the same predictions; epoch 0 has no loss."""
    losses = np.array([np.nan, *loss], np.float32)
    rows = np.zeros((len(losses), Columns.of(config).width), np.float32)
    rows[:, 0] = losses
    for number, prediction in enumerate(predictions, start=1):
        rows[:, number] = prediction
    return rows


def falling(epochs: int, last: float) -> list[float]:
    return np.linspace(0.5, last, epochs).tolist()


def stored(
    root: Path, name: str, loss: list[float], predictions: Iterable[float], config: RunConfig, **more: object
) -> None:
    rows = rows_with(config, loss, predictions)
    make_run(root, name, len(loss), len(loss), config=config, rows=rows, **more)  # type: ignore[arg-type]


def three_runs(root: Path) -> Path:
    """Three runs, the last a branch with another learning rate."""
    stored(root, "old-oak", falling(100, 0.2), (0.4342, 0.6171), RunConfig(), saved=before(hours=1))
    stored(root, "young-ash", falling(50, 0.001), (0.01, 0.99), RunConfig(lr=0.1), saved=before(hours=2))
    parent = Parent("old-oak", 60, {"wlr1": -1.0})
    stored(root, "wild-fern", falling(80, 0.1), (-0.25, 0.5), RunConfig(lr=0.01), parent=parent, saved=before(hours=3))
    return root


def compared_run(name: str, loss: Iterable[float] = (), **config: object) -> ComparedRun:
    settings = RunConfig(**config)  # type: ignore[arg-type]
    rows = rows_with(settings, loss, ())
    return ComparedRun(name, settings, None, rows[:, 0], {"A": rows[:, 1], "B": rows[:, 2]})


def grow(directory: Path, epochs: int = 10, loss: float = 0.0005) -> None:
    """Add so many epochs to a run on disk, as the process that trains it does."""
    config = read_record(directory).config
    columns = Columns.of(config)
    last = read_history(directory, columns).last_epoch
    store = Store.open(directory, columns)
    store.add(last + 1, rows_with(config, [loss] * epochs, (0.0, 1.0))[1:], None, ())
    store.close()


@contextmanager
def training(directory: Path, target: int) -> Iterator[None]:
    """Within it the run is held, and trained to that epoch; at its end it is finished."""

    def tell(state: RunState) -> None:
        summary = Summary(epoch=0, target=target, state=state, updated=before(), train_loss=None, predictions={})
        write_summary(directory, summary)

    lock = RunLock(directory)
    lock.acquire()
    try:
        tell("training")
        yield
    finally:
        tell("finished")
        lock.release()
