"""Gates from the weights: with them, the module's own hidden values come out."""

from __future__ import annotations

import pytest
import torch

from lstm_engine.hook.lstm_tui_hook.layers.gate_values import NAMES, gate_values


@pytest.mark.parametrize("kind", [torch.nn.LSTM, torch.nn.GRU])
@pytest.mark.parametrize("options", [{}, {"bias": False}, {"num_layers": 2, "bidirectional": True}])
def test_the_gates_lead_to_the_hidden_values_of_the_module(kind: type, options: dict[str, object]) -> None:
    module = kind(3, 4, **options)
    fed = sequence = torch.randn(5, 3)
    for layer in range(module.num_layers):
        hiddens = []
        for reverse in (False, True) if module.bidirectional else (False,):
            gates, hidden = gate_values(module, fed, layer, reverse)
            assert [gate.shape for gate in gates] == [(5, 4)] * len(NAMES[kind.__name__])
            hiddens.append(hidden)
        fed = torch.cat(hiddens, -1)
    torch.testing.assert_close(fed, module(sequence)[0])
