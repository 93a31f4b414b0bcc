"""Which class trains which model, and that a seed makes the same numbers in both."""

import pytest

from lstm_engine.lstm.parameters import PARAMETERS
from lstm_engine.models.build import build
from lstm_engine.models.built_in import LSTMBuiltIn
from lstm_engine.models.by_hand import LSTMByHand
from lstm_engine.run.config import RunConfig


@pytest.mark.parametrize(("model", "kind"), [("by-hand", LSTMByHand), ("nn-lstm", LSTMBuiltIn)])
def test_a_model_is_built_from_its_settings_alone(model: str, kind: type) -> None:
    one, same, other = (build(RunConfig(model=model, seed=seed)) for seed in (1, 1, 2))
    assert type(one) is kind
    assert one.values() == same.values() != other.values()
    assert len(one.values()) == len(PARAMETERS[one.config.model])
