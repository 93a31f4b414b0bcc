"""What `lstm-tui train` is asked for, of an engine without PyTorch."""

from __future__ import annotations

from pathlib import Path

from lstm_engine.run.config import RunConfig
from tests.support.fake_engine import Behaviour, options
from tui.options import TrainOptions


def train_options(behaviour: Behaviour, folder: Path, epochs: int | None = 2000) -> TrainOptions:
    return TrainOptions(RunConfig(), epochs, options(behaviour, folder))
