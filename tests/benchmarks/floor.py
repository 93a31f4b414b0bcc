"""The floor: the engine's own Trainer with a training step that does nothing, and without its callback.

    python -m tests.benchmarks.floor

Reads one number a line, how many epochs to train, and answers with the seconds that `fit` took.
"""

from __future__ import annotations

import time

from lightning import Callback

from lstm_engine.__main__ import load_libraries
from lstm_engine.models.base import Batch
from lstm_engine.models.by_hand import LSTMByHand
from lstm_engine.run.config import RunConfig
from lstm_engine.training.trainer import fit
from tests.benchmarks.programs import serve


class Idle(LSTMByHand):
    """Does not learn."""

    def training_step(self, _batch: Batch, _index: int) -> None:
        """Nothing."""


def main() -> None:
    load_libraries()
    model = Idle(RunConfig())

    def train(epochs: int) -> float:
        begun = time.monotonic()
        fit(model, epochs, Callback(), None)
        return time.monotonic() - begun

    serve(train)


if __name__ == "__main__":
    main()
