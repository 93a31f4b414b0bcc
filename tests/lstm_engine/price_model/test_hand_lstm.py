"""The layer by hand as PyTorch sees it."""

from __future__ import annotations

import pytest
import torch

from lstm_engine.lstm.reused_arrays import ReusedArrays
from lstm_engine.lstm.vector import Days, Layer, Values
from lstm_engine.price_model import hand_lstm
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


def test_a_pass_before_the_gradient_of_another_leaves_that_as_it_is() -> None:
    torch.manual_seed(1)
    layer, one, other = HandLSTM(4), torch.randn(5, 6, 1), torch.randn(3, 6, 1)
    alone = gradients(layer, layer(one)[0])
    output, (h, c) = layer(one)
    seen = h.clone(), c.clone()
    with torch.no_grad():
        layer(other)
    layer(other)
    for _ in range(2):
        assert all(map(torch.equal, gradients(layer, output), alone))
    assert torch.equal(h, seen[0])
    assert torch.equal(c, seen[1])


def test_what_came_out_stays_when_the_memory_is_used_again() -> None:
    layer = HandLSTM(1)
    with torch.no_grad():
        h, c = layer(torch.ones(1, 3, 1))[1]
        seen = h.clone(), c.clone()
        layer(-torch.ones(1, 3, 1))
    assert torch.equal(h, seen[0])
    assert torch.equal(c, seen[1])


def test_batches_one_behind_the_other_are_in_the_same_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    places = []
    unroll = hand_lstm.unroll

    def noted(layer: Layer, x: Values, memory: ReusedArrays) -> Days:
        days = unroll(layer, x, memory)
        places.append(days.gates.ctypes.data)
        return days

    monkeypatch.setattr(hand_lstm, "unroll", noted)
    layer = HandLSTM(4)
    for windows in (8, 8, 3):
        layer(torch.randn(windows, 6, 1))[0].sum().backward()
    assert len(set(places)) == 1 < len(places)


def gradients(layer: HandLSTM, output: torch.Tensor) -> tuple[torch.Tensor, ...]:
    return torch.autograd.grad(output.square().sum(), list(layer.parameters()), retain_graph=True)
