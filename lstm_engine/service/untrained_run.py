"""A run as its settings alone make it."""

from __future__ import annotations

from typing import Final

import numpy as np

from lstm_engine.lstm.parameters import PARAMETERS
from lstm_engine.models.base import row_of
from lstm_engine.models.build import build
from lstm_engine.protocol.channel import Outbox
from lstm_engine.protocol.epochs import epochs_event
from lstm_engine.protocol.messages import RunOpened
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns, as_sent


class UntrainedRun:
    """The model that the seed draws, at epoch 0; nothing of it is on disk.

    name: of the run to be; None for one that is free.
    model: to be trained once; whoever trains anew builds another.
    row: the history's row of epoch 0.
    """

    directory: Final = None
    base: Final = None
    epoch: Final = 0
    target: Final = 0

    def __init__(self, config: RunConfig, name: str | None = None) -> None:
        self.config = config
        self.name = name
        self.columns = Columns.of(config)
        self.model = build(config)
        self.row = row_of(self.model, float("nan"))

    def announce(self, outbox: Outbox) -> None:
        """Tells that the run is opened, and what epoch 0 is."""
        outbox.put(self.opened_event())
        outbox.put(epochs_event(0, 0.0, np.array([self.row], np.float32), self.columns))

    def opened_event(self) -> RunOpened:
        return RunOpened(
            run=None,
            directory=None,
            config=self.config,
            parameters=PARAMETERS[self.config.model],
            initial=dict(self.columns.named(as_sent(np.array(self.row, np.float32))).parameters),
            epoch=0,
            target=0,
        )

    def fall_back(self) -> None:
        """After a failure: still at epoch 0."""
