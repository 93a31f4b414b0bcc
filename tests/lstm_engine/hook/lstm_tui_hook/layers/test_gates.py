"""Gates and layers of a module in training, when somebody watches."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch

from lstm_engine.script.vocabulary.commands import WatchLayers
from lstm_engine.script.vocabulary.fit_events import HookOff
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
