"""The trace against the models' own forward, and each of its gates against `nn.LSTM`'s."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_engine.data.companies import Companies
from lstm_engine.lstm.parameters import PARAMETERS
from lstm_engine.lstm.trace import by_hand_weights, trace
from lstm_engine.models.build import build
from lstm_engine.run.config import RunConfig

NUMBERS = st.floats(-3, 3, width=32)


@settings(max_examples=30, deadline=None)
@pytest.mark.parametrize("model", ["by-hand", "nn-lstm"])
@given(data=st.data(), days=st.integers(1, 9), companies=st.integers(1, 4))
def test_the_last_hidden_state_is_the_models_forward(
    model: str, data: st.DataObject, days: int, companies: int
) -> None:
    def numbers(count: int) -> list[float]:
        return data.draw(st.lists(NUMBERS, min_size=count, max_size=count))

    rows = [numbers(days) for _ in range(companies)]
    table = Companies("drawn", tuple(map(str, range(companies))), tuple(map(tuple, rows)), tuple([0.0] * companies))
    network = build(RunConfig(model=model, data=table))
    values = numbers(len(PARAMETERS[model]))
    with torch.no_grad():
        torch.nn.utils.vector_to_parameters(torch.tensor(values), network.parameters())
        expected = network(torch.tensor(rows)).tolist()
    predicted = [trace(model, values, row).hidden[-1] for row in rows]
    assert predicted == pytest.approx(expected, abs=1e-5)


@settings(max_examples=30, deadline=None)
@given(
    values=st.lists(NUMBERS, min_size=16, max_size=16),
    days=st.lists(NUMBERS, min_size=1, max_size=9),
)
def test_each_gate_of_each_day_is_nn_lstms(values: list[float], days: list[float]) -> None:
    """PyTorch's formulas, written with its own stacked tensors: gate order i, f, g, o."""
    weight_ih, weight_hh, bias_ih, bias_hh = torch.tensor(values, dtype=torch.float64).view(4, 4)
    ours = trace("nn-lstm", values, days)
    h = c = torch.tensor(0.0, dtype=torch.float64)
    for day, x in enumerate(days):
        i, f, g, o = weight_ih * x + bias_ih + weight_hh * h + bias_hh
        i, f, g, o = torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o)
        c = f * c + i * g
        h = o * torch.tanh(c)
        of_day = [field[day] for field in (ours.x, ours.forget, ours.input, ours.candidate, ours.output, ours.cell)]
        assert of_day == pytest.approx([x, f.item(), i.item(), g.item(), o.item(), c.item()], abs=1e-6)
        assert ours.hidden[day] == pytest.approx(h.item(), abs=1e-6)
    assert ours.cell_before[1:].tolist() == ours.cell[:-1].tolist()
    assert ours.cell_before[0] == 0


@pytest.mark.parametrize("model", ["by-hand", "nn-lstm"])
def test_many_epochs_at_once_are_each_epoch_alone(model: str) -> None:
    generator = np.random.default_rng(3)
    parameters = generator.normal(size=(50, len(PARAMETERS[model]))).astype(np.float32)
    days = [0.0, 0.5, 0.25, 1.0]
    together = trace(model, parameters, days)
    assert together.forget.shape == (4, 50)
    for epoch in (0, 17, 49):
        alone = trace(model, parameters[epoch], days)
        for one, other in zip(together, alone, strict=True):
            assert one[:, epoch].tolist() == pytest.approx(other.tolist(), abs=1e-12)
    assert by_hand_weights(model, parameters).shape == (12, 50)
