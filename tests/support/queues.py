"""Queues of small models of prices, on disk."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from lstm_engine.forecast.settings import ForecastSettings
from lstm_engine.queue.queue_folder import QueueFolder, read_queue, write_queue
from lstm_engine.queue.queue_settings import QueueSettings
from tests.support.untrained_price_runs import table_of
from tui.queue.queue_standing import QueueStanding
from tui.queue.told_member import ToldMember

SMALL = QueueSettings(
    models=("by-hand",),
    hidden=(1, 2),
    lr=(0.01,),
    seeds=(1, 2),
    forget_bias=None,
    base=ForecastSettings(window=5, epochs=3, batch_size=16),
)


def queue_standing(**changed: Any) -> QueueStanding:
    """Of SMALL: one member is done, one trains on a cluster, one waits, one has failed."""
    words = (
        ToldMember("luck-1", "done", epoch=3, epochs=3, loss=0.25),
        ToldMember("luck-2", "training", "tcp://10.0.0.7:40123", 2, 3, 0.5),
        ToldMember("luck-4", "failed", epoch=1, epochs=3, cause="it diverged: the loss is no number"),
    )
    members = tuple(SMALL.members("luck"))
    told = {word.run: word for word in words}
    standing = QueueStanding("luck", "prices.csv: wide, 1 ticker", members, told, "training")
    return replace(standing, **changed)


def made_queue(root: Path, settings: QueueSettings = SMALL) -> QueueFolder:
    """One called luck under `root`."""
    folder = root / "luck"
    folder.mkdir(parents=True)
    write_queue(folder, settings, table_of(60))
    return read_queue(folder)
