"""Queues of small models of prices, on disk."""

from __future__ import annotations

from pathlib import Path

from lstm_engine.forecast.settings import ForecastSettings
from lstm_engine.queue.queue_folder import QueueFolder, read_queue, write_queue
from lstm_engine.queue.queue_settings import QueueSettings
from tests.support.untrained_price_runs import table_of

SMALL = QueueSettings(
    models=("by-hand",),
    hidden=(1, 2),
    lr=(0.01,),
    seeds=(1, 2),
    forget_bias=None,
    base=ForecastSettings(window=5, epochs=3, batch_size=16),
)


def made_queue(root: Path, settings: QueueSettings = SMALL) -> QueueFolder:
    """One called luck under `root`."""
    folder = root / "luck"
    folder.mkdir(parents=True)
    write_queue(folder, settings, table_of(60))
    return read_queue(folder)
