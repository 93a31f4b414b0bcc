"""From a run's settings to its untrained model."""

from __future__ import annotations

from lstm_engine.models.base import CompanyModel
from lstm_engine.models.built_in import LSTMBuiltIn
from lstm_engine.models.by_hand import LSTMByHand
from lstm_engine.run.config import RunConfig


def build(config: RunConfig) -> CompanyModel:
    """The untrained model of a run, its parameters drawn from the run's seed."""
    return LSTMByHand(config) if config.model == "by-hand" else LSTMBuiltIn(config)
