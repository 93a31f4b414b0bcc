"""A run's epochs as TensorBoard's own reader finds them."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from lstm_engine.formats.event_file.writer import event_file_name
from lstm_engine.formats.metric_names import metric_names
from lstm_engine.formats.tensorboard_log import TensorboardLog
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns
from tests.support.event_files import tensorboard_points

CONFIG = RunConfig()
ROWS = np.arange(5 * Columns.of(CONFIG).width, dtype=np.float32).reshape(5, -1)


def test_every_column_by_optimiser_step(tmp_path: Path) -> None:
    with (tmp_path / event_file_name(1000.0)).open("wb") as file:
        log = TensorboardLog(file, CONFIG, 1000.0)
        log.add(0, ROWS[:2], np.array([1000.0, 1001.0]))
        log.add(2, ROWS[2:], np.array([1002.0, 1003.0, 1004.0]))
    found = tensorboard_points(tmp_path)
    for index, name in enumerate(metric_names(CONFIG)):
        expected = [(2 * epoch, 1000.0 + epoch, ROWS[epoch, index]) for epoch in range(5)]
        assert found[name] == (expected[1:] if index == 0 else expected)
    assert found["epoch"] == [(2 * epoch, 1000.0 + epoch, epoch) for epoch in range(5)]


def test_a_file_that_goes_on_makes_void_what_an_older_one_has_from_there_on(tmp_path: Path) -> None:
    for number, (first, rows) in enumerate([(0, ROWS), (3, ROWS[3:] + 100)]):
        with (tmp_path / event_file_name(1000.0 + number)).open("wb") as file:
            TensorboardLog(file, CONFIG, 1000.0, first).add(first, rows, np.full(len(rows), 1000.0))
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    found = EventAccumulator(str(tmp_path))
    found.Reload()
    values = [(event.step, event.value) for event in found.Scalars("out_0")]
    assert values == [(2 * epoch, ROWS[epoch, 1] + (100 if epoch >= 3 else 0)) for epoch in range(5)]
