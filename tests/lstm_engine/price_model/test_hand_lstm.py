"""The layer by hand as PyTorch sees it."""

from __future__ import annotations

import torch

from lstm_engine.price_model.hand_lstm import HandLSTM


def test_it_stands_where_pytorch_s_stands() -> None:
    torch.manual_seed(0)
    ours, theirs = HandLSTM(4), torch.nn.LSTM(1, 4, batch_first=True)
    shapes = {name: parameter.shape for name, parameter in theirs.named_parameters() if name != "bias_hh_l0"}
    assert {name: parameter.shape for name, parameter in ours.named_parameters()} == shapes
    with torch.no_grad():
        theirs.bias_hh_l0.zero_()
        for name, parameter in ours.named_parameters():
            getattr(theirs, name).copy_(parameter)
    x = torch.randn(3, 6, 1)
    (one, (h, c)), (other, (their_h, their_c)) = ours(x), theirs(x)
    torch.testing.assert_close(one[:, -1], other[:, -1])
    torch.testing.assert_close((h, c), (their_h, their_c))
    one[:, -1].square().sum().backward()
    other[:, -1].square().sum().backward()
    for name, parameter in ours.named_parameters():
        torch.testing.assert_close(parameter.grad, getattr(theirs, name).grad)


def test_it_is_drawn_from_pytorch_s_generator() -> None:
    torch.manual_seed(5)
    one = torch.cat([each.flatten() for each in HandLSTM(16).parameters()])
    torch.manual_seed(5)
    other = torch.cat([each.flatten() for each in HandLSTM(16).parameters()])
    assert torch.equal(one, other)
    assert 0.2 < one.abs().max() <= 0.25
