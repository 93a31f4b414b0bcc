"""Which modules are recurrent layers whose gates can be told."""

from __future__ import annotations

import pytest
import torch

from lstm_engine.hook.lstm_tui_hook.telling.recurrent_kind import recurrent_kind
from lstm_engine.price_model.hand_lstm import HandLSTM


class _Gru(torch.nn.Module):
    parameters_like = "GRU"


class _Other(torch.nn.Module):
    parameters_like = "Transformer"


class _Odd(torch.nn.Module):
    parameters_like = ["LSTM"]  # noqa: RUF012 - of whatever kind a script's may be


class _Own(torch.nn.LSTM):
    """May compute other gates than PyTorch's."""


@pytest.mark.parametrize(
    ("module", "kind"),
    [
        (torch.nn.LSTM(1, 2), "LSTM"),
        (torch.nn.GRU(1, 2), "GRU"),
        (HandLSTM(2), "LSTM"),
        (_Gru(), "GRU"),
        (_Own(1, 2), None),
        (_Other(), None),
        (_Odd(), None),
        (torch.nn.RNN(1, 2), None),
        (torch.nn.Linear(1, 2), None),
    ],
)
def test_it_is_pytorch_s_or_says_what_it_is_like(module: torch.nn.Module, kind: str | None) -> None:
    assert recurrent_kind(module) == kind
