"""Trainings in the tests' own process with the hook as a callback, and what it told."""

from __future__ import annotations

import itertools
import json
import logging
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import lightning.pytorch as pl
import torch
from torch.utils.data import DataLoader, TensorDataset

from lstm_engine.hook.lstm_tui_hook.lightning_hook import LightningHook
from lstm_engine.hook.lstm_tui_hook.wrap_trainer import wrap_trainer
from lstm_engine.script.event_log import EventLog
from lstm_engine.script.vocabulary.commands import Command, encode
from lstm_engine.script.vocabulary.events import EVENTS, Event

logging.getLogger("lightning.pytorch").setLevel(logging.ERROR)

BATCHES = 4


class Net(pl.LightningModule):
    """Logs a metric in every phase."""

    def __init__(self, lr: float = 0.01) -> None:
        super().__init__()
        self.save_hyperparameters()
        self.net = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.Dropout(0.1), torch.nn.Linear(4, 1))

    def _loss(self, batch: Any) -> torch.Tensor:
        x, y = batch
        return torch.nn.functional.mse_loss(self.net(x), y)

    def training_step(self, batch: Any, _: int) -> torch.Tensor:
        loss = self._loss(batch)
        self.log("train_loss", loss, on_step=True, on_epoch=True)
        return loss

    def validation_step(self, batch: Any, _: int) -> None:
        self.log("val_loss", self._loss(batch))

    def test_step(self, batch: Any, _: int) -> None:
        self.log("test_loss", self._loss(batch))

    def predict_step(self, batch: Any, _: int) -> torch.Tensor:
        found: torch.Tensor = self.net(batch[0])
        return found

    def configure_optimizers(self) -> Any:
        return torch.optim.Adam(self.parameters(), lr=0.01)


def loader(shuffle: bool = False) -> DataLoader[Any]:
    x = torch.linspace(0, 1, BATCHES * 2 * 3).reshape(-1, 3)
    return DataLoader(TensorDataset(x, x.sum(1, keepdim=True)), 2, shuffle=shuffle)


def trainer(*callbacks: pl.Callback, **options: Any) -> pl.Trainer:
    """A quiet one on the processor, of two epochs."""
    settings: dict[str, Any] = {"max_epochs": 2, "accelerator": "cpu", "logger": False, **options}
    if not settings.get("barebones"):
        settings = {
            "enable_progress_bar": False,
            "enable_model_summary": False,
            "enable_checkpointing": False,
            **settings,
        }
    wrap_trainer(pl.Trainer)
    return pl.Trainer(callbacks=list(callbacks), **settings)


def told(run: Path) -> list[Event]:
    """All that the hook wrote; each line is an event of the vocabulary."""
    log = EventLog(run / EVENTS)
    events = list(log.new())
    assert log.unread == 0
    return events


class At(pl.Callback):
    """Does something at a step of the training, before the hook's turn there."""

    def __init__(self, doing: dict[int, Callable[[], None]]) -> None:
        self._doing = doing
        self._batches = itertools.count(1)

    def on_train_batch_end(self, trainer: Any, pl_module: Any, outputs: Any, batch: Any, batch_idx: int) -> None:
        self._doing.get(next(self._batches), lambda: None)()


def send(path: Path, *commands: Command | bytes) -> None:
    """To the hook, as a dashboard does."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(str(path))
        for command in commands:
            connection.sendall(command if isinstance(command, bytes) else encode(command))


def hook(monkeypatch: Any, run: Path, **environment: str) -> LightningHook:
    """The hook of a run in this process."""
    for name in ("LSTM_TUI_SOCKET", "LSTM_TUI_CKPT", "LSTM_TUI_FIT", "LSTM_TUI_EPOCHS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LSTM_TUI_RUN", str(run))
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    # Looked into at every step: the steps here are shorter than the time between two looks.
    monkeypatch.setattr("lstm_engine.hook.lstm_tui_hook.steering.letterbox._INTERVAL", 0.0)
    return LightningHook()


@contextmanager
def everything_told(monkeypatch: Any) -> Iterator[None]:
    """Steps are told one by one, not ten times a second."""
    with monkeypatch.context() as patched:
        patched.setattr("lstm_engine.hook.lstm_tui_hook.telling.steps.INTERVAL", 0.0)
        patched.setattr("lstm_engine.hook.lstm_tui_hook.telling.phases.INTERVAL", 0.0)
        yield


def bits(module: torch.nn.Module) -> bytes:
    return b"".join(one.detach().numpy().tobytes() for one in module.parameters())


def lines(run: Path) -> list[dict[str, Any]]:
    """As they stand in the file."""
    return [json.loads(line) for line in (run / EVENTS).read_text().splitlines() if line]
