"""`torch.nn.LSTM` behind the interface of both models."""

import pytest
import torch

from lstm_engine.lstm.parameters import PARAMETERS
from lstm_engine.lstm.trace import trace
from lstm_engine.models.built_in import LSTMBuiltIn
from lstm_engine.run.config import RunConfig
from tests.support.script import companies


@pytest.mark.parametrize("count", [1, 2, 30])
def test_its_parameters_in_order_make_its_predictions_by_the_formulas(count: int) -> None:
    data = companies(count)
    model = LSTMBuiltIn(RunConfig(model="nn-lstm", data=data))
    values = model.values()
    assert len(values) == len(PARAMETERS["nn-lstm"])
    expected = [float(trace("nn-lstm", values, days).hidden[-1]) for days in data.days]
    assert model.predictions() == pytest.approx(expected, abs=1e-6)
    assert model(torch.tensor(data.days)).tolist() == pytest.approx(expected, abs=1e-6)
