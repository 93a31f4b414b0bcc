"""Gates and layers of a module in training, when somebody watches."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch

from lstm_engine.hook.lstm_tui_hook.layers import gates as listening
from lstm_engine.hook.lstm_tui_hook.layers.gates import Gates as Listener
from lstm_engine.lstm.vector import Layer, unroll
from lstm_engine.price_model.hand_lstm import HandLSTM
from lstm_engine.script.vocabulary.commands import WatchLayers
from lstm_engine.script.vocabulary.fit_events import FitOpened, HookOff
from lstm_engine.script.vocabulary.module_events import Gates, Layers
from tests.support.hooked import At, Net, hook, loader, send, told, trainer


class _Recurrent(Net):
    def __init__(self) -> None:
        super().__init__()
        self.lstm = torch.nn.LSTM(1, 3, batch_first=True)
        self.head = torch.nn.Linear(3, 1)

    def _loss(self, batch: Any) -> torch.Tensor:
        x, y = batch
        return torch.nn.functional.mse_loss(self.head(self.lstm(x.unsqueeze(-1))[0][:, -1]), y)


def test_gates_and_layers_are_told_only_while_somebody_watches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listening, "_INTERVAL", 0.0)
    monkeypatch.setattr(listening, "_REST", 0.0)
    path = tmp_path / "socket"
    one = hook(monkeypatch, tmp_path, LSTM_TUI_SOCKET=str(path))
    watch = WatchLayers(id="1", seconds=600, updates=True, gates=True, sample=99)
    trainer(At({5: lambda: send(path, watch)}), one, max_epochs=3).fit(_Recurrent(), loader(), loader())
    events = told(tmp_path)
    assert not [event for event in events if isinstance(event, HookOff)]
    layers = [event for event in events if isinstance(event, Layers)]
    assert layers
    assert layers[0].step > 5
    assert len(layers[0].norm) == len(layers[0].update) == len(list(_Recurrent().parameters()))
    gates = [event for event in events if isinstance(event, Gates)]
    assert [(event.step, event.module, event.names) for event in gates] == [
        (step, "lstm", ("input", "forget", "candidate", "output")) for step in (8, 12)
    ]
    assert [(event.sample, event.samples) for event in gates] == [(1, 2), (1, 2)]
    assert [len(gates[0].values), len(gates[0].values[0]), len(gates[0].values[0][0])] == [4, 3, 3]


def test_a_module_of_one_s_own_that_is_like_an_lstm_tells_its_gates_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class ByHand(_Recurrent):
        def __init__(self) -> None:
            super().__init__()
            self.lstm = HandLSTM(3)

    path, module = tmp_path / "socket", ByHand()
    one = hook(monkeypatch, tmp_path, LSTM_TUI_SOCKET=str(path))
    watch = WatchLayers(id="1", seconds=600, gates=True)
    trainer(At({1: lambda: send(path, watch)}), one, max_epochs=1).fit(module, loader(), loader())
    events = told(tmp_path)
    assert [event.gates for event in events if isinstance(event, FitOpened)] == [True]
    (gates,) = [event for event in events if isinstance(event, Gates)]
    assert (gates.kind, gates.names) == ("LSTM", ("input", "forget", "candidate", "output"))
    first = next(iter(loader()))[0][0]
    layer = Layer(*(parameter.detach().numpy() for parameter in module.lstm.parameters()))
    days = unroll(layer, np.ascontiguousarray(first.numpy()[:, None]))
    wanted = days.gates[:, :, 0].reshape(3, 4, 3).swapaxes(0, 1)
    np.testing.assert_allclose(np.array(gates.values), wanted, rtol=1e-5)


def test_a_module_that_is_not_what_it_says_costs_only_its_gates() -> None:
    class Wrong(torch.nn.Module):
        parameters_like = "LSTM"

        def __init__(self) -> None:
            super().__init__()
            self.batch_first, self.weight_ih_l0 = True, torch.nn.Parameter(torch.ones(4, 1))

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return x

    told: list[dict[str, Any]] = []
    one, module = Listener(lambda _, **fields: told.append(fields)), torch.nn.ModuleList([Wrong(), torch.nn.GRU(1, 2)])
    one.watch(60.0, 0)
    one.begin(module)
    for part in module:
        part(torch.zeros(3, 1, 1))
    one.end(SimpleNamespace(global_step=1), module)
    assert [fields["kind"] for fields in told] == ["GRU"]


def test_they_are_told_no_more_often_than_anybody_can_follow(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[dict[str, Any]] = []
    now = 1000.0
    monkeypatch.setattr(listening, "time", SimpleNamespace(monotonic=lambda: now))
    one, module = Listener(lambda _, **fields: told.append(fields)), torch.nn.GRU(1, 2, batch_first=True)

    def validate() -> int:
        one.begin(module)
        module(torch.zeros(3, 2, 1))
        one.end(SimpleNamespace(global_step=1), module)
        return len(told)

    one.watch(60.0, 0)
    assert validate() == 1
    now += 0.4
    assert validate() == 1
    now += 0.2
    assert validate() == 2
    one.watch(60.0, 1)  # another sequence is waited for
    assert validate() == 3
    assert told[-1]["sample"] == 1


def test_gates_of_a_module_that_came_to_nothing_are_null() -> None:
    """Whoever looks at them does so because of that."""
    told: list[dict[str, Any]] = []
    one, module = Listener(lambda _, **fields: told.append(fields)), torch.nn.LSTM(1, 2)
    torch.nn.init.constant_(module.bias_hh_l0, float("nan"))
    one.watch(60.0, 0)
    one.begin(module)
    module(torch.zeros(3, 1, 1))
    one.end(SimpleNamespace(global_step=1), module)
    assert told[0]["values"] == [[[None, None]] * 3] * 4


def test_a_module_is_left_without_listeners_where_its_validation_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Fails(_Recurrent):
        def validation_step(self, batch: Any, index: int) -> None:
            assert self.lstm._forward_pre_hooks
            raise ValueError("made by the test")

    path, module = tmp_path / "socket", Fails()
    one = hook(monkeypatch, tmp_path, LSTM_TUI_SOCKET=str(path))
    watch = WatchLayers(id="1", seconds=600, updates=False, gates=True, sample=0)
    with pytest.raises(ValueError, match="made by"):
        trainer(At({1: lambda: send(path, watch)}), one, num_sanity_val_steps=0).fit(module, loader(), loader())
    assert not module.lstm._forward_pre_hooks
